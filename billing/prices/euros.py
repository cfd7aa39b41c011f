"""Amounts as French writes them."""

NARROW, BROKEN_NOWHERE, MINUS = "\u202f", "\u00a0", "\u2212"


def euros(cents: int) -> str:
    """« 1 234,50 € », with spaces that no line break cuts."""
    whole, rest = divmod(abs(cents), 100)
    figure = f"{whole:,}".replace(",", NARROW)
    return f"{MINUS if cents < 0 else ''}{figure},{rest:02}{BROKEN_NOWHERE}€"


def percent(basis_points: int) -> str:
    """« 8,5 % » of 850, « 20 % » of 2000."""
    whole, rest = divmod(abs(basis_points), 100)
    figure = f"{whole},{rest:02}".rstrip("0").rstrip(",")
    return f"{MINUS if basis_points < 0 else ''}{figure}{BROKEN_NOWHERE}%"
