"""Plane geometry of small places. Points are (latitude, longitude) in degrees; a closed ring ends where it begins."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from core.web.contour import Point

MOST_POINTS = 500
LEAST_SURFACE = 1.0
METRES_PER_DEGREE = 111_320
DECIMALS = 6
Ring = Sequence[Point]


class Flaw(StrEnum):
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    OFF_THE_GLOBE = "off_the_globe"
    CROSSED = "crossed"
    FLAT = "flat"


class FlawedRing(ValueError):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds in degrees, edges included."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Box | None":
        kept = list(points)
        if not kept:
            return None
        latitudes, longitudes = [each[0] for each in kept], [each[1] for each in kept]
        return cls(min(latitudes), min(longitudes), max(latitudes), max(longitudes))

    def grown(self, degrees: float) -> "Box":
        return Box(self.south - degrees, self.west - degrees, self.north + degrees, self.east + degrees)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def holds_box(self, other: "Box") -> bool:
        return self.holds(other.south, other.west) and self.holds(other.north, other.east)


def closed_ring(points: Ring) -> list[Point]:
    """The outline as it is kept: rounded, without a point twice in a row, ending where it begins. Raises FlawedRing."""
    if len(points) > MOST_POINTS + 1:
        raise FlawedRing(Flaw.TOO_MANY)
    if not all(on_the_globe(*each) for each in points):
        raise FlawedRing(Flaw.OFF_THE_GLOBE)
    ring: list[Point] = []
    for latitude, longitude in points:
        point = (round(latitude, DECIMALS), round(longitude, DECIMALS))
        if not ring or point != ring[-1]:
            ring.append(point)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(ring) < 3:
        raise FlawedRing(Flaw.TOO_FEW)
    if len(ring) > MOST_POINTS:
        raise FlawedRing(Flaw.TOO_MANY)
    ring.append(ring[0])
    if all(_turn(ring[0], ring[1], each) == 0 for each in ring):
        raise FlawedRing(Flaw.FLAT)
    if crosses_itself(ring):
        raise FlawedRing(Flaw.CROSSED)
    if surface([ring]) < LEAST_SURFACE:
        raise FlawedRing(Flaw.FLAT)
    return ring


def on_the_globe(latitude: float, longitude: float) -> bool:
    return math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def surface(rings: Iterable[Ring]) -> float:
    """Square metres, near enough to compare; rings after the first are holes."""
    total = 0.0
    for index, ring in enumerate(rings):
        # Near the ring, or the products of far coordinates would drown its surface in rounding.
        here, there = ring[0]
        twice = sum((a[1] - there) * (b[0] - here) - (b[1] - there) * (a[0] - here) for a, b in pairwise(ring))
        measured = abs(twice) / 2 * METRES_PER_DEGREE**2 * math.cos(math.radians(here))
        total += -measured if index else measured
    return total


def contains(rings: Iterable[Ring], latitude: float, longitude: float) -> bool:
    """Whether the point is inside, holes left out: a line drawn east of it crosses the sides an odd number of times."""
    inside = False
    for ring in rings:
        for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring):
            if (lat_a > latitude) != (lat_b > latitude):
                crossed_at = lon_a + (lon_b - lon_a) * (latitude - lat_a) / (lat_b - lat_a)
                inside ^= longitude < crossed_at
    return inside


def around(centre: Point, metres: float, sides: int = 48) -> list[Point]:
    """The closed ring of a circle."""
    latitude, longitude = centre
    tall = metres / METRES_PER_DEGREE
    wide = tall / max(math.cos(math.radians(latitude)), 0.01)
    turns = [2 * math.pi * index / sides for index in range(sides)]
    ring = [
        (round(latitude + tall * math.cos(turn), DECIMALS), round(longitude + wide * math.sin(turn), DECIMALS))
        for turn in turns
    ]
    return [*ring, ring[0]]


def distance(ring: Ring, latitude: float, longitude: float) -> float:
    """How many metres from a point to the nearest side of a closed ring."""
    shrink = math.cos(math.radians(latitude))
    near = [((a - latitude) * METRES_PER_DEGREE, (b - longitude) * METRES_PER_DEGREE * shrink) for a, b in ring]
    return min((_from_origin(a, b) for a, b in pairwise(near)), default=math.inf)


def _from_origin(a: Point, b: Point) -> float:
    """To a segment."""
    (x, y), along, up = a, b[0] - a[0], b[1] - a[1]
    length = along * along + up * up
    part = min(1.0, max(0.0, -(x * along + y * up) / length)) if length else 0.0
    return math.hypot(x + part * along, y + part * up)


def crosses_itself(ring: Ring) -> bool:
    """Whether two sides of a closed ring meet elsewhere than where they follow each other."""
    sides = list(pairwise(ring))
    for i, (a, b) in enumerate(sides):
        c = sides[(i + 1) % len(sides)][1]
        if _turn(a, b, c) == 0 and _ahead(a, b, c) < 0:
            return True
        low_lat, high_lat = min(a[0], b[0]), max(a[0], b[0])
        for j in range(i + 2, len(sides) - (i == 0)):
            p, q = sides[j]
            apart = (p[0] < low_lat and q[0] < low_lat) or (p[0] > high_lat and q[0] > high_lat)
            if not apart and _meet(a, b, p, q):
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> int:
    """1 to the left, -1 to the right, 0 straight; exact, on coordinates as whole numbers of their last decimal."""
    (a0, a1), (b0, b1), (c0, c1) = _whole(a), _whole(b), _whole(c)
    value = (b0 - a0) * (c1 - a1) - (b1 - a1) * (c0 - a0)
    return (value > 0) - (value < 0)


def _ahead(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0] * 10**DECIMALS), round(point[1] * 10**DECIMALS)


def _meet(a: Point, b: Point, p: Point, q: Point) -> bool:
    turns = _turn(a, b, p), _turn(a, b, q), _turn(p, q, a), _turn(p, q, b)
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    return (
        (turns[0] == 0 and _between(a, b, p))
        or (turns[1] == 0 and _between(a, b, q))
        or (turns[2] == 0 and _between(p, q, a))
        or (turns[3] == 0 and _between(p, q, b))
    )


def _between(a: Point, b: Point, c: Point) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
