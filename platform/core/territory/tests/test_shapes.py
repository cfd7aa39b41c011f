"""What is drawn for once on the commune's map."""

import math
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.tenancy.context import enter
from core.territory.geometry import METRES_PER_DEGREE, around, distance, surface
from core.territory.models import Area
from core.territory.queries import contour
from core.territory.shapes import Shape, areas_under, shape
from tests.cast import Cast


def middle() -> tuple[float, float]:
    points = contour()[0]
    return sum(each[0] for each in points) / len(points), sum(each[1] for each in points) / len(points)


def square(centre: tuple[float, float], side: float) -> list[tuple[float, float]]:
    (latitude, longitude), half = centre, side / 2
    return [(latitude - half, longitude - half), (latitude - half, longitude + half),
            (latitude + half, longitude + half), (latitude + half, longitude - half)]  # fmt: skip


def area(name: str, centre: tuple[float, float], side: float) -> Area:
    ring = square(centre, side)
    box: dict[str, Any] = {"south": ring[0][0], "west": ring[0][1], "north": ring[2][0], "east": ring[2][1]}
    return Area.objects.create(name=name, kind="hamlet", polygon=[[*ring, ring[0]]], author="test", **box)


@pytest.mark.parametrize("latitude", [-21.1, 5.2, 45.0, 51.0])
@pytest.mark.parametrize("metres", [50, 500, 10_000])
def test_a_circle_is_as_wide_as_it_is_tall_wherever_it_is(latitude: float, metres: int) -> None:
    ring = around((latitude, 4.0), metres)
    assert ring[0] == ring[-1]
    assert surface([ring]) == pytest.approx(math.pi * metres**2, rel=0.01)
    assert distance(ring, latitude, 4.0) == pytest.approx(metres, rel=0.01)


def test_the_distance_to_an_outline_is_that_of_its_nearest_side() -> None:
    ring = [(45.0, 4.0), (45.0, 4.1), (45.1, 4.1), (45.0, 4.0)]
    assert distance(ring, 45.0 - 100 / METRES_PER_DEGREE, 4.05) == pytest.approx(100, rel=0.001)
    assert distance(ring, 45.0, 4.05) == pytest.approx(0, abs=0.001)


def test_nothing_drawn_is_no_shape(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        assert shape([], 500) is None


@pytest.mark.parametrize(
    ("points", "metres", "code"),
    [
        ([(0.0, 0.0)], 500, "outside"),
        ([(91.0, 0.0)], 500, "off_the_globe"),
        ([(math.nan, 0.0)], 500, "off_the_globe"),
        ([(math.inf, 0.0)], 500, "off_the_globe"),
        ([(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)], 0, "outside"),
        ([(0.0, 0.0), (1.0, 1.0)], 500, "too_few"),
        ([(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)], 0, "crossed"),
        ([(index / 1e4, 0.0) for index in range(600)], 0, "too_many"),
    ],
)
def test_what_is_no_shape_or_not_in_the_commune_is_refused(
    cast: Cast, points: list[tuple[float, float]], metres: int, code: str
) -> None:
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refused:
        shape(points, metres)
    assert refused.value.code == code


@pytest.mark.parametrize("metres", [0, 49, 10_001])
def test_a_circle_has_a_sensible_radius(cast: Cast, metres: int) -> None:
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refused:
        shape([middle()], metres)
    assert refused.value.code == "radius"


def test_one_corner_outside_is_refused_by_its_number(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        here = middle()
        assert shape(square(here, 0.001)) is not None
        with pytest.raises(ValidationError, match="Le point 3"):
            shape([*square(here, 0.001)[:2], (here[0] + 1, here[1] + 1)])


def test_the_areas_under_a_shape_are_those_that_it_touches(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        latitude, longitude = middle()
        area("Ici", (latitude, longitude), 0.004)
        area("Tout autour", (latitude, longitude), 0.05)
        area("Loin", (latitude + 0.1, longitude), 0.004)
        small = shape([(latitude, longitude)], 50)
        assert isinstance(small, Shape)
        assert [each.name for each in areas_under(small)] == ["Ici", "Tout autour"]
        beside = shape([(latitude + 0.01, longitude)], 50)
        assert beside and [each.name for each in areas_under(beside)] == ["Tout autour"]
