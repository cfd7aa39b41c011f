"""The map on a page: `{% map_assets %}` in its head, `{% map given label %}` in its body."""

from typing import Any

from django import template
from django.forms import BoundField

from core.territory.maps import Map

register = template.Library()


@register.inclusion_tag("territory/_map_assets.html")
def map_assets(*, drawing: bool = False, folded: bool = False) -> dict[str, Any]:
    """`drawing` when the page lets one draw an outline; `folded` when its map is, and Leaflet can wait until it is
    unfolded."""
    return {"drawing": drawing, "folded": folded}


@register.inclusion_tag("territory/_map.html", name="map")
def draw_map(
    given: Map, label: str, outline: BoundField | None = None, radius: BoundField | None = None
) -> dict[str, Any]:
    """`outline` is the field that the map lets one draw, without it the map only shows; with `radius`, how many metres,
    a single point is the middle of a circle."""
    return {"map": given, "label": label, "outline": outline, "radius": radius}
