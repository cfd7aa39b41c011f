"""Where things are in the commune: what modules ask."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from core.tenancy.here import current
from core.tenancy.registry import registry
from core.territory.geometry import Box, contains
from core.territory.models import Address, Area
from core.web.contour import Point, decoded


def contour() -> list[list[Point]]:
    """The polygons of the commune's outline, empty when it is not known."""
    return [decoded(each) for each in registry().contour(current().schema_name).split()]


def contour_box() -> Box | None:
    return Box.around(point for polygon in contour() for point in polygon)


def areas() -> QuerySet[Area]:
    """Those in use, by name."""
    return Area.objects.filter(closed_at__isnull=True)


def area_at(latitude: float, longitude: float) -> Area | None:
    """The smallest area in use that holds the point."""
    near = areas().filter(south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude)
    return smallest_first(near).at(latitude, longitude)


class Finder:
    """Areas made ready for many questions."""

    def __init__(self, found: Sequence[Area]) -> None:
        self._areas = [(area.box, area.rings, area) for area in found]

    def at(self, latitude: float, longitude: float) -> Area | None:
        for box, rings, area in self._areas:
            if box.holds(latitude, longitude) and contains(rings, latitude, longitude):
                return area
        return None


def smallest_first(found: Iterable[Area]) -> Finder:
    return Finder(sorted(found, key=lambda area: area.hectares))


def find_address(text: str) -> QuerySet[Address]:
    """Addresses that hold every word typed, whatever the case and the accents; none for an empty text."""
    rows = Address.objects.select_related("area")
    words = fold(text).split()[:8]
    if not words:
        return rows.none()
    for word in words:
        # A number is whole: « 1 rue » is not « 12 rue ».
        rows = rows.filter(folded__contains=f" {word} " if word.isdigit() else f" {word}")
    return rows


def streets() -> QuerySet[Address, Any]:
    """Each street with how many addresses it has."""
    return Address.objects.order_by("street").values("street").annotate(count=Count("pk"))


def fold(text: str) -> str:
    """Lowercase words without accents nor punctuation, spaces between."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")).lower()
    return " ".join(
        "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each)).split()
    )
