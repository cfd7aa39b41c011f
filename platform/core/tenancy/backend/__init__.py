"""The database engine: django-tenants' own, following the commune the code is in."""
