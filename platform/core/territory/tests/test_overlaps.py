"""Two parts of the commune share ground or they do not, however they are drawn."""

import pytest

from core.territory.geometry import Box, Ring
from core.territory.overlaps import overlap


def square(south: float, west: float, side: float = 1.0) -> Ring:
    north, east = south + side, west + side
    return [(south, west), (south, east), (north, east), (north, west), (south, west)]


def share(one: list[Ring], other: list[Ring]) -> bool:
    boxes = [Box.around(rings[0]) for rings in (one, other)]
    assert boxes[0] and boxes[1]
    there, back = overlap(boxes[0], one, boxes[1], other), overlap(boxes[1], other, boxes[0], one)
    assert there == back
    return there


BASE = square(45, 4)
HOLED = [BASE, square(45.2, 4.2, 0.6)]
RING = [(45.0, 4.0), (45.0, 5.0), (46.0, 4.5), (45.0, 4.0)]


@pytest.mark.parametrize(
    "other",
    [square(47, 4), square(45, 5), square(46, 4), square(46, 5), square(44, 3)],
    ids=["far", "a side in common", "another side", "a corner", "the opposite corner"],
)
def test_neighbours_share_none(other: Ring) -> None:
    assert not share([BASE], [other])


@pytest.mark.parametrize(
    "other",
    [BASE, square(45.4, 4.4, 0.1), square(45, 4, 0.5), square(44, 3, 3), square(45.5, 4.5), square(45, 4.5), RING],
    ids=["the same", "within", "within, on two sides", "around", "across a corner", "along a side", "a triangle"],
)
def test_what_lies_over_shares_some(other: Ring) -> None:
    assert share([BASE], [other])


def test_a_cross_has_no_corner_in_the_other() -> None:
    tall = [(44.0, 4.4), (44.0, 4.6), (47.0, 4.6), (47.0, 4.4), (44.0, 4.4)]
    assert share([BASE], [tall])


def test_what_lies_in_a_hole_shares_none_and_what_passes_its_edge_does() -> None:
    assert not share(HOLED, [square(45.3, 4.3, 0.3)])
    assert not share(HOLED, [square(45.2, 4.2, 0.6)])
    assert share(HOLED, [square(45.3, 4.3, 0.6)])


def test_two_outlines_whose_sides_meet_at_corners_only_are_told_apart() -> None:
    diamond = [(45.5, 4.0), (46.0, 4.5), (45.5, 5.0), (45.0, 4.5), (45.5, 4.0)]
    assert share([BASE], [diamond])
    corner = [(45.0, 4.0), (45.0, 4.5), (45.5, 4.0), (45.0, 4.0)]
    assert not share([corner], [diamond])
