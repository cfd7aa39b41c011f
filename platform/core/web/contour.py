"""A commune's outline as an SVG path."""

import math

PRECISION = 10_000
Point = tuple[float, float]


def decoded(polyline: str) -> list[Point]:
    """The (latitude, longitude) points of one Google-encoded polyline of precision 4. Raises ValueError."""
    points: list[Point] = []
    position = [0, 0]
    index = 0
    while index < len(polyline):
        for axis in (0, 1):
            delta, index = _number(polyline, index)
            position[axis] += delta
        points.append((position[0] / PRECISION, position[1] / PRECISION))
    return points


def _number(text: str, index: int) -> tuple[int, int]:
    shift = value = 0
    while True:
        if index >= len(text):
            raise ValueError("the polyline is cut")
        chunk = ord(text[index]) - 63
        index += 1
        value |= (chunk & 31) << shift
        shift += 5
        if chunk < 32:
            return (~(value >> 1) if value & 1 else value >> 1), index


def fitted_path(polylines: str, width: int, height: int, margin: int = 14) -> str:
    """The path of several polygons (spaces between) centred in a box, longitudes shrunk by the latitude's cosine."""
    polygons = [decoded(each) for each in polylines.split()]
    if not polygons or not polygons[0]:
        return ""
    shrink = math.cos(math.radians(polygons[0][0][0]))
    flat = [[(longitude * shrink, -latitude) for latitude, longitude in polygon] for polygon in polygons]
    xs = [x for polygon in flat for x, _ in polygon]
    ys = [y for polygon in flat for _, y in polygon]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((width - 2 * margin) / (wide or 1e-9), (height - 2 * margin) / (tall or 1e-9))
    left, top = (width - scale * wide) / 2 - scale * min(xs), (height - scale * tall) / 2 - scale * min(ys)
    return " ".join(
        "M" + "L".join(f"{left + scale * x:.0f} {top + scale * y:.0f}" for x, y in polygon) + "Z" for polygon in flat
    )
