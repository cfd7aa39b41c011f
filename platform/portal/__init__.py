"""The operator's public site: what a commune sees before it has a space."""
