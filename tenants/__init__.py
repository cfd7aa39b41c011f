"""The registry of communes: who they are, which ones have a space, what they switched on, and how they open."""
