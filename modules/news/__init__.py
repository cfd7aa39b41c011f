"""Actualités: what the mairie tells its inhabitants, read without an account."""
