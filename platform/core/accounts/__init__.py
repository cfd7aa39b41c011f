"""People of one commune, or of the operator: sign-in by code, roles, and who may enter which page."""
