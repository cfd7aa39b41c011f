"""What somebody draws on the commune's map for once: a circle, or an outline. It has no name and is no area."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.territory.flaws import worded
from core.territory.geometry import Box, FlawedRing, Ring, around, closed_ring, contains, distance, on_the_globe
from core.territory.models import Area
from core.territory.overlaps import overlap
from core.territory.queries import areas, contour
from core.web.contour import Point

LEAST_METRES, MOST_METRES = 50, 10_000
EDGE: Final = 500  # metres that a hand may lean over the boundary


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed ring; or one point, and how many `metres` around it."""

    points: tuple[Point, ...]
    metres: int = 0

    @property
    def ring(self) -> Ring:
        return around(self.points[0], self.metres) if self.metres else self.points

    @property
    def box(self) -> Box:
        found = Box.around(self.ring)
        assert found is not None
        return found


def shape(points: Sequence[Point], metres: int = 0) -> Shape | None:
    """What these points draw, nothing when there is none: the circle around one, the outline of several. Raises
    ValidationError for what is no shape, and for what is not in the commune."""
    if not points:
        return None
    if len(points) == 1:
        return _circle(points[0], metres)
    try:
        ring = closed_ring(points)
    except FlawedRing as refusal:
        raise ValidationError(worded(refusal), code=refusal.flaw) from refusal
    _refuse_outside(ring[:-1])
    return Shape(tuple(ring))


def _circle(centre: Point, metres: int) -> Shape:
    if not on_the_globe(*centre):
        raise ValidationError(_("Une latitude va de −90 à 90, une longitude de −180 à 180."), code="off_the_globe")
    if not LEAST_METRES <= metres <= MOST_METRES:
        refused = _("Choisissez un rayon de %(least)s m à %(most)s km, ou dessinez au moins trois points.")
        raise ValidationError(refused % {"least": LEAST_METRES, "most": MOST_METRES // 1000}, code="radius")
    _refuse_outside([centre])
    return Shape((centre,), metres)


def _refuse_outside(points: Sequence[Point]) -> None:
    """A commune whose outline is not known has no outside."""
    polygons = [_closed(polygon) for polygon in contour()]
    for number, point in enumerate(points, 1):
        if polygons and not any(contains([each], *point) or distance(each, *point) <= EDGE for each in polygons):
            refused = _("Le point %(number)s n’est pas dans la commune : %(point)s.")
            written = f"{point[0]:.5f}, {point[1]:.5f}"
            raise ValidationError(refused % {"number": number, "point": written}, code="outside")


def _closed(polygon: Sequence[Point]) -> list[Point]:
    return [*polygon, polygon[0]] if polygon and polygon[0] != polygon[-1] else list(polygon)


def areas_under(drawn: Shape) -> list[Area]:
    """The areas in use that share ground with it, by name."""
    box = drawn.box
    near = areas().filter(south__lte=box.north, north__gte=box.south, west__lte=box.east, east__gte=box.west)
    return [area for area in near if overlap(area.box, area.rings, box, [drawn.ring])]
