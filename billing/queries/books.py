"""Which prices are in force."""

from datetime import date

from django.utils import timezone

from billing.models import PriceVersion
from billing.prices import PriceBook


class NoPrices(Exception):
    """No price book is in force on that day."""


def in_force(on: date | None = None) -> PriceVersion:
    """The version that sells on a day, today without one. Raises NoPrices."""
    day = on or timezone.localdate()
    found = PriceVersion.objects.published().filter(in_force_from__lte=day).order_by("-in_force_from").first()
    if found is None:
        raise NoPrices(str(day))
    return found


def book_in_force(on: date | None = None) -> PriceBook:
    """Its book. Raises NoPrices."""
    return in_force(on).book


def newest() -> PriceVersion:
    """The last one published, which may begin later. Raises NoPrices."""
    found = PriceVersion.objects.published().order_by("-in_force_from").first()
    if found is None:
        raise NoPrices("none was published")
    return found


def unpriced(version: PriceVersion, keys: frozenset[str]) -> frozenset[str]:
    """Which of these modules have no line in a version, by price key."""
    return keys - {str(row.get("key")) for row in version.content.get("modules", [])}
