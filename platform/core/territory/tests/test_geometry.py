import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.territory.geometry import (
    MOST_POINTS,
    Box,
    Flaw,
    FlawedRing,
    closed_ring,
    contains,
    crosses_itself,
    on_the_globe,
    surface,
)

SQUARE = [(45.0, 4.0), (45.0, 4.01), (45.01, 4.01), (45.01, 4.0)]


def test_a_ring_is_closed_and_loses_its_doubles() -> None:
    assert closed_ring([SQUARE[0], *SQUARE]) == closed_ring([*SQUARE, SQUARE[0]]) == [*SQUARE, SQUARE[0]]


@pytest.mark.parametrize(
    ("points", "flaw"),
    [
        ([], Flaw.TOO_FEW),
        (SQUARE[:2], Flaw.TOO_FEW),
        ([SQUARE[0]] * 9, Flaw.TOO_FEW),
        ([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], Flaw.CROSSED),
        ([*SQUARE[:3], (45.0, 4.005), SQUARE[3]], Flaw.CROSSED),
        ([*SQUARE, (45.02, 4.0), (45.01, 4.0)], Flaw.CROSSED),
        ([(45.0, 4.0), (45.01, 4.0), (45.02, 4.0)], Flaw.FLAT),
        ([(91.0, 4.0), *SQUARE], Flaw.OFF_THE_GLOBE),
        ([(float("nan"), 4.0), *SQUARE], Flaw.OFF_THE_GLOBE),
        ([(45 + index / 1000, 4.0 + index**2 / 1e6) for index in range(MOST_POINTS + 1)], Flaw.TOO_MANY),
    ],
)
def test_an_outline_that_is_none_is_refused(points: list[tuple[float, float]], flaw: Flaw) -> None:
    with pytest.raises(FlawedRing) as refusal:
        closed_ring(points)
    assert refusal.value.flaw is flaw


def test_the_inside_of_a_hollow_shape_is_told_from_its_outside() -> None:
    hook = closed_ring([(0, 0), (0, 3), (3, 3), (3, 2), (1, 2), (1, 1), (3, 1), (3, 0)])
    assert contains([hook], 0.5, 1.5)
    assert contains([hook], 2, 2.5)
    assert not contains([hook], 2, 1.5)
    assert not contains([hook], 4, 1.5)


def test_a_hole_is_outside() -> None:
    outer = closed_ring([(0, 0), (0, 9), (9, 9), (9, 0)])
    hole = closed_ring([(3, 3), (3, 6), (6, 6), (6, 3)])
    assert contains([outer, hole], 1, 1)
    assert not contains([outer, hole], 4, 4)
    assert surface([outer, hole]) < surface([outer])


@given(st.floats(44.9, 45.1), st.floats(3.9, 4.1))
def test_a_point_of_a_square_is_within_its_bounds(latitude: float, longitude: float) -> None:
    ring = closed_ring(SQUARE)
    strictly = 45.0 < latitude < 45.01 and 4.0 < longitude < 4.01
    if strictly:
        assert contains([ring], latitude, longitude)
    box = Box.around(ring)
    assert box
    if not box.holds(latitude, longitude):
        assert not contains([ring], latitude, longitude)


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=12))
def test_whatever_is_kept_is_closed_simple_and_on_the_globe(points: list[tuple[float, float]]) -> None:
    try:
        ring = closed_ring(points)
    except FlawedRing:
        return
    assert ring[0] == ring[-1]
    assert len(ring) > 3
    assert not crosses_itself(ring)
    assert all(on_the_globe(*each) for each in ring)


def test_a_hectare_is_ten_thousand_square_metres() -> None:
    side = 100 / 111_320
    assert surface([closed_ring([(0, 0), (0, side), (side, side), (side, 0)])]) == pytest.approx(10_000, rel=0.01)


def test_a_smaller_box_is_held_by_the_larger_one() -> None:
    small = Box(45, 4, 45.1, 4.1)
    assert small.grown(0.1).holds_box(small)
    assert not small.holds_box(small.grown(0.1))
    assert Box.around([]) is None
