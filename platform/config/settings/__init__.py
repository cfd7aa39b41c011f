"""Settings: production, and what the demo and the tests relax."""
