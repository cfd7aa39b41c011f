"""Alertes: what threatens people now, told at once to all who asked, until it is lifted."""
