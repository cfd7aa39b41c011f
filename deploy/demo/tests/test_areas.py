"""The areas that we drew: each inside its commune's outline, none on another."""

import tomllib
from itertools import combinations, pairwise

import pytest

from core.territory.geometry import closed_ring, contains
from core.web.contour import Point, decoded
from deploy.demo.services import outline
from deploy.demo.texts import FOLDER
from tenants.directory.source import communes, contours

INSEES = {"05135": "sainte-colombe-05", "06059": "eze", "80001": "abbeville"}
STEPS = 10
Ring = list[Point]
Drawn = list[tuple[list[Ring], list[Ring]]]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """For each commune, the polygons of its outline and the rings of its areas."""
    rows = {row.insee: row for row in communes() if row.insee in INSEES}
    known = {insee: contour for insee, contour in contours() if insee in INSEES}
    found = []
    for insee, slug in INSEES.items():
        told = tomllib.loads((FOLDER / "services" / f"{slug}.toml").read_text(encoding="utf-8"))
        rings = [closed_ring(outline(area, rows[insee])) for area in told["areas"]]
        found.append(([decoded(each) for each in known[insee].split()], rings))
    return found


def along(ring: Ring, reach: float) -> Ring:
    """Points of every side, drawn towards the ring's middle by what `reach` leaves."""
    middle = [sum(axis) / len(ring) for axis in zip(*ring, strict=True)]
    points = []
    for start, end in pairwise(ring):
        for step in range(STEPS):
            edge = [a + (b - a) * step / STEPS for a, b in zip(start, end, strict=True)]
            latitude, longitude = (m + (e - m) * reach for m, e in zip(middle, edge, strict=True))
            points.append((latitude, longitude))
    return points


def test_every_area_lies_within_its_communes_outline(drawn: Drawn) -> None:
    for polygons, rings in drawn:
        assert len(rings) >= 3
        for ring in rings:
            assert all(any(contains([polygon], *point) for polygon in polygons) for point in along(ring, 1))


def test_no_area_lies_on_another(drawn: Drawn) -> None:
    for _polygons, rings in drawn:
        for one, other in combinations(rings, 2):
            assert not any(contains([other], *point) for point in along(one, 0.98))
            assert not any(contains([one], *point) for point in along(other, 0.98))
