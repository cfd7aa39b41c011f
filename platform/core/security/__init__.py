"""What keeps an account its owner's: second factors, sessions, and changing one's address."""
