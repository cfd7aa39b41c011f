"""Measured figures, printed with the machine's load: `make bench-request`, `make bench-opening`."""
