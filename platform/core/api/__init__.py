"""REST wiring: who may call, how pages are cut, how errors read."""
