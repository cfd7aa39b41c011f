"""What an editor may type."""
