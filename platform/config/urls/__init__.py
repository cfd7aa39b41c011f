"""One urlconf for each kind of site."""
