"""The State's directory of communes: its files, its names, and how to find a commune in it."""
