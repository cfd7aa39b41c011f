"""Pages of the shell, one file for each part of it."""
