"""SMS: what a text costs, to which numbers, by which provider, and what came of it."""
