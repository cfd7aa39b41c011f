"""What a commune may use and why. Entitlements are written here and nowhere else."""
