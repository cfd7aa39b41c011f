"""Writes of the presentation of the commune: each is one transaction, and leaves a row and a line in the journal."""
