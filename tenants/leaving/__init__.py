"""Leaving: all that a commune wrote in one file, and what is erased, certified."""
