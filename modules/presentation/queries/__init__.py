"""Reads of the presentation of the commune."""
