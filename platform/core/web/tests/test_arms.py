"""Arms are drawn without clipping: what is in a shield must end with it."""

import re
from itertools import pairwise

import pytest

from core.web.arms import FIGURES, PATTERNS, SHIELD, arms_svg

Point = tuple[float, float]
TOLERANCE = 0.05


def outline(path: str) -> list[list[Point]]:
    """The points of a path of moves, lines and curves, its curves cut in pieces."""
    contours: list[list[Point]] = []
    x = y = 0.0
    for letter, body in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", body)]
        size = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "z": 0}[letter.lower()]
        for start in range(0, len(numbers), size) if size else ():
            group = numbers[start : start + size]
            ox, oy = (x, y) if letter.islower() else (0.0, 0.0)
            if letter.lower() == "c":
                curve = [(x, y), *((ox + group[i], oy + group[i + 1]) for i in (0, 2, 4))]
                contours[-1] += [bezier(curve, step / 16) for step in range(1, 17)]
                x, y = curve[3]
                continue
            x = ox + group[0] if letter.lower() != "v" else x
            y = oy + group[-1] if letter.lower() != "h" else y
            if letter.lower() == "m" and start == 0:
                contours.append([])
            contours[-1].append((x, y))
    return contours


def bezier(points: list[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    xs, ys = zip(*points, strict=True)
    return (
        sum(weight * each for weight, each in zip(weights, xs, strict=True)),
        sum(weight * each for weight, each in zip(weights, ys, strict=True)),
    )


def half_width(y: float) -> float:
    """How far the shield reaches from its axis at this height."""
    (points,) = outline(SHIELD)
    right = [(px, py) for px, py in points if px >= 20]
    return max(
        (
            ax + (bx - ax) * (y - ay) / (by - ay) - 20
            for (ax, ay), (bx, by) in pairwise(right)
            if ay != by and min(ay, by) <= y <= max(ay, by)
        ),
        default=0.0,
    )


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_a_partition_ends_where_the_shield_does(pattern: str) -> None:
    for contour in outline(PATTERNS[pattern][1]):
        for x, y in contour:
            assert 3 <= y <= 44
            assert abs(x - 20) <= half_width(y) + TOLERANCE


@pytest.mark.parametrize("figure", sorted(FIGURES))
def test_arms_are_drawn_with_any_figure_and_no_identifier(figure: str) -> None:
    drawn = arms_svg("bend", figure, "È", 44)
    assert 'width="44" height="50"' in drawn
    assert "id=" not in drawn
    assert ("arms-letter" in drawn) == (figure == "letter")


def test_unknown_arms_are_plain_with_the_initial_escaped() -> None:
    drawn = arms_svg("nothing", "nothing", "<script>")
    assert "arms-part" not in drawn
    assert "&lt;</text>" in drawn
