"""Pages of those who are told, and of those who tell."""
