"""The current commune: entering it, following it in jobs, and refusing to write in another."""
