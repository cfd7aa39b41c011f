"""A map as a page needs it: drawn by the server for everybody, and as data for the script that makes it move."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from core.territory.geometry import Ring
from core.territory.models import Area
from core.territory.queries import contour
from core.territory.shapes import Shape
from core.territory.tiles import ZOOMS
from core.web.contour import Fit

BOX = (640, 440)


@dataclass(frozen=True, slots=True)
class Figure:
    """An area on the map; `own` is the one that the page speaks of, and what was drawn for once has no name."""

    name: str
    path: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """`outline` and the shapes' paths are in a box of BOX; `data` is what the script reads, as JSON."""

    outline: str
    shapes: tuple[Figure, ...]
    data: str
    attribution: str
    width: int = BOX[0]
    height: int = BOX[1]


def territory_map(shown: Sequence[Area], own: Area | None = None, drawn: Ring = ()) -> Map:
    """The commune's contour with areas on it, and what was `drawn` for once."""
    polygons = contour()
    points = [point for polygon in polygons for point in polygon]
    points += [point for area in shown for ring in area.rings for point in ring] + list(drawn)
    fit = Fit.of(points, *BOX) if points else None
    data = {
        "contour": polygons,
        "areas": [{"name": area.name, "rings": area.polygon} for area in shown if own is None or area.pk != own.pk],
        "tiles": settings.TILE_SOURCE != "",
        "zooms": [ZOOMS[0], ZOOMS[-1]],
    }
    shapes = [
        Figure(area.name, " ".join(fit.path(ring) for ring in area.rings), bool(own and area.pk == own.pk))
        for area in shown
        if fit
    ]
    if fit and drawn:
        shapes.append(Figure("", fit.path(drawn), own=True))
    return Map(
        outline=" ".join(fit.path(polygon) for polygon in polygons) if fit else "",
        shapes=tuple(shapes),
        data=json.dumps(data, separators=(",", ":")),
        attribution=settings.TILE_ATTRIBUTION if settings.TILE_SOURCE else "",
    )


def map_of(areas: Iterable[Area], shape: Shape | None) -> Map | None:
    """Where something is, when it is not the whole commune."""
    shown = list(areas)
    return territory_map(shown, drawn=shape.ring if shape else ()) if shown or shape else None
