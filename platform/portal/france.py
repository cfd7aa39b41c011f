"""France drawn by its communes: one dot a square of the grid, larger where communes are many."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tenants.directory.source import communes

STEP = 0.245
COLUMNS, ROWS = 43, 42
WEST, NORTH = -5.3, 51.2
SHRINK = math.cos(math.radians(46.5))
CLASSES = (4, 12)
INSETS = ("971", "972", "973", "974", "976")
INSET_SIDE = 8
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Inset:
    """An overseas département in its own box; `top` is where the box begins, in units of the map."""

    top: int
    path: str


@dataclass(frozen=True, slots=True)
class France:
    """Paths of dots (zero-length strokes with round ends), from the smallest dots to the largest."""

    dots: tuple[str, ...]
    insets: tuple[Inset, ...]
    width: int = COLUMNS + INSET_SIDE + 2
    height: int = ROWS
    side: int = INSET_SIDE


@cache
def france() -> France:
    """The drawing, read once a process from the directory's file."""
    mainland: list[Spot] = []
    overseas: dict[str, list[Spot]] = {code: [] for code in INSETS}
    for row in communes():
        if row.latitude is None or row.longitude is None:
            continue
        if row.departement in overseas:
            overseas[row.departement].append((row.latitude, row.longitude))
        elif len(row.departement) == 2:
            mainland.append((row.latitude, row.longitude))
    counts = Counter(_square(*spot) for spot in mainland)
    sizes: list[list[Spot]] = [[], [], []]
    for square, count in sorted(counts.items(), key=lambda each: (each[0][1], each[0][0])):
        sizes[sum(count >= least for least in CLASSES)].append(square)
    insets = tuple(
        Inset(ROWS - (len(INSETS) - place) * INSET_SIDE, _inset(overseas[code])) for place, code in enumerate(INSETS)
    )
    return France(tuple(_dots(spots) for spots in sizes), insets)


def placed(latitude: float, longitude: float) -> str:
    """The dot of one commune of the mainland, empty outside the map."""
    x, y = _square(latitude, longitude)
    inside = INSET_SIDE + 2 <= x < COLUMNS + INSET_SIDE + 2 and 0 <= y < ROWS
    return _dots([(x, y)]) if inside else ""


def _square(latitude: float, longitude: float) -> tuple[int, int]:
    return round((longitude - WEST) * SHRINK / STEP) + INSET_SIDE + 2, round((NORTH - latitude) / STEP)


def _inset(spots: list[Spot]) -> str:
    """An island fitted in its box, a margin of one around it."""
    south, north = min(lat for lat, _ in spots), max(lat for lat, _ in spots)
    west, east = min(lon for _, lon in spots), max(lon for _, lon in spots)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (INSET_SIDE - 3) / max(north - south, (east - west) * shrink)
    left = (INSET_SIDE - (east - west) * shrink * scale) / 2
    top = (INSET_SIDE - (north - south) * scale) / 2
    return _dots((left + (lon - west) * shrink * scale, top + (north - lat) * scale) for lat, lon in spots)


def _dots(spots: Iterable[Spot]) -> str:
    return "".join(f"M{round(x, 1):g} {round(y, 1):g}h0" for x, y in spots)
