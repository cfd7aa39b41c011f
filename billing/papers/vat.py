"""Why no VAT is asked where none is."""

from typing import Final

_SUSPENDED: Final = {"973": "en Guyane", "976": "à Mayotte"}
_ABROAD: Final = {"975", "977", "978", "986", "987", "988"}
_OUTSIDE: Final = "TVA non applicable : le preneur est établi hors du territoire de la TVA (art. 259, 1° du CGI)."


def vat_note(departement: str, rate: int) -> str:
    """The sentence that a paper bears when the rate is nothing; empty otherwise."""
    if rate:
        return ""
    if departement in _SUSPENDED:
        return f"TVA non applicable {_SUSPENDED[departement]} (art. 294, 1 du CGI)."
    return _OUTSIDE if departement in _ABROAD else "TVA non applicable."
