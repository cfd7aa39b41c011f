"""Pages of one's own security, the same in a commune and in the operator's console."""
