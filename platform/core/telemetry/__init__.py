"""What the operator sees of a running platform: errors and logs that name commune and module, never a person."""
