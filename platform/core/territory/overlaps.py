"""Which areas share ground."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from uuid import UUID

from core.territory.geometry import Box, Ring
from core.territory.models import Area
from core.web.contour import Point

NOTHING = 1e-7  # degrees, a centimetre


def touched(by: Collection[UUID], among: Iterable[Area]) -> set[UUID]:
    """Those `among` these that share ground with one of the areas `by`. A border in common is no ground."""
    named = [(area.box, area.rings) for area in Area.objects.filter(pk__in=by)]
    return {
        area.pk
        for area in among
        if area.pk in by or any(overlap(area.box, area.rings, box, rings) for box, rings in named)
    }


def overlap(box: Box, rings: Sequence[Ring], other_box: Box, others: Sequence[Ring]) -> bool:
    """Whether two polygons, their holes left out, share ground."""
    south, north = max(box.south, other_box.south), min(box.north, other_box.north)
    if south >= north or box.west >= other_box.east or box.east <= other_box.west:
        return False
    if any(_cross(ring, other) for ring in rings for other in others):
        return True
    # No side goes through another: between two corners, what is within both at one height is at all.
    heights = sorted({south, north} | {point[0] for ring in (*rings, *others) for point in ring})
    lines = [(a + b) / 2 for a, b in pairwise(heights) if south <= a and b <= north]
    return any(_share(_within(rings, line), _within(others, line)) for line in lines)


def _within(rings: Iterable[Ring], height: float) -> list[tuple[float, float]]:
    """From where to where a line through no corner is inside."""
    crossed = sorted(
        lon_a + (lon_b - lon_a) * (height - lat_a) / (lat_b - lat_a)
        for ring in rings
        for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring)
        if (lat_a > height) != (lat_b > height)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _share(some: Iterable[tuple[float, float]], others: Sequence[tuple[float, float]]) -> bool:
    return any(min(b, d) - max(a, c) > NOTHING for a, b in some for c, d in others)


def _cross(ring: Ring, other: Ring) -> bool:
    """Whether a side of one goes through a side of the other."""
    sides = list(pairwise(other))
    for a, b in pairwise(ring):
        south, north = min(a[0], b[0]), max(a[0], b[0])
        for p, q in sides:
            if (p[0] > north and q[0] > north) or (p[0] < south and q[0] < south):
                continue
            if _side(a, b, p) * _side(a, b, q) < 0 and _side(p, q, a) * _side(p, q, b) < 0:
                return True
    return False


def _side(a: Point, b: Point, c: Point) -> float:
    """Positive to the left of a line, negative to the right."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
