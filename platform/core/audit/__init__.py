"""Who did what, when: one line for each act that somebody may be asked about."""
