"""The points of an SVG path: what draws a picture that is not SVG needs polygons."""

import cmath
import math
import re

Polygon = list[tuple[float, float]]

_SIZES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "a": 7}
_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
STEPS = 16


def outlines(path: str) -> list[Polygon]:
    """Its closed outlines, curves cut in pieces. Knows moves, lines, cubic curves, smooth ones too, and arcs of circles."""
    found: list[list[complex]] = []
    here = handle = 0j
    for letter, body in _COMMAND.findall(path):
        kind = letter.lower()
        if kind == "z":
            here = found[-1][0]
            continue
        numbers = [float(each) for each in _NUMBER.findall(body)]
        for start in range(0, len(numbers), _SIZES[kind]):
            if kind == "m" and start == 0:
                found.append([])
            group = numbers[start : start + _SIZES[kind]]
            origin = 0j if letter.isupper() else here
            points = (
                _curve(group, here, handle, origin) if kind in "cs" else _straight_or_arc(kind, group, here, origin)
            )
            found[-1] += points
            handle = origin + complex(*group[-4:-2]) if kind in "cs" else points[-1]
            here = points[-1]
    return [[(point.real, point.imag) for point in polygon] for polygon in found]


def _straight_or_arc(kind: str, group: list[float], here: complex, origin: complex) -> list[complex]:
    """Where one command leads from here, its own start left out."""
    if kind == "h":
        return [complex(group[0] + origin.real, here.imag)]
    if kind == "v":
        return [complex(here.real, group[0] + origin.imag)]
    end = origin + complex(*group[-2:])
    return _arc(here, end, group[0], large=bool(group[3]), sweep=bool(group[4])) if kind == "a" else [end]


def _curve(group: list[float], here: complex, handle: complex, origin: complex) -> list[complex]:
    """A smooth curve, of two points, begins as the one before it ended: at the other side of its last handle."""
    first = origin + complex(*group[:2]) if len(group) == _SIZES["c"] else 2 * here - handle
    second, end = origin + complex(*group[-4:-2]), origin + complex(*group[-2:])
    return [_bezier(here, first, second, end, step / STEPS) for step in range(1, STEPS + 1)]


def _bezier(start: complex, first: complex, second: complex, end: complex, t: float) -> complex:
    s = 1 - t
    return s**3 * start + 3 * s * s * t * first + 3 * s * t * t * second + t**3 * end


def _arc(start: complex, end: complex, radius: float, *, large: bool, sweep: bool) -> list[complex]:
    """An arc of a circle, widened when it is too small to join its ends."""
    half = (end - start) / 2
    radius = max(radius, abs(half))
    height = math.sqrt(max(radius**2 - abs(half) ** 2, 0)) * (1 if large == sweep else -1)
    centre = start + half - 1j * half / abs(half) * height
    turn = cmath.phase((end - centre) / (start - centre))
    if sweep and turn < 0:
        turn += 2 * math.pi
    if not sweep and turn > 0:
        turn -= 2 * math.pi
    return [centre + (start - centre) * cmath.exp(1j * turn * step / STEPS) for step in range(1, STEPS + 1)]
