"""Kills at random moments, and what the sinks and the rows say afterwards."""
