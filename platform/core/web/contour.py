"""A commune's outline as an SVG path."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Fit:
    """Degrees to the pixels of a box, longitudes shrunk by the latitude's cosine."""

    shrink: float
    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, points: Sequence[Point], width: int, height: int, margin: int = 14) -> "Fit":
        """These points centred in the box. There must be one."""
        shrink = math.cos(math.radians(points[0][0]))
        xs, ys = [longitude * shrink for _, longitude in points], [-latitude for latitude, _ in points]
        wide, tall = max(xs) - min(xs), max(ys) - min(ys)
        scale = min((width - 2 * margin) / (wide or 1e-9), (height - 2 * margin) / (tall or 1e-9))
        left, top = (width - scale * wide) / 2 - scale * min(xs), (height - scale * tall) / 2 - scale * min(ys)
        return cls(shrink, scale, left, top)

    def path(self, polygon: Iterable[Point]) -> str:
        return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in map(self._pixel, polygon)) + "Z"

    def _pixel(self, point: Point) -> tuple[float, float]:
        latitude, longitude = point
        return self.left + self.scale * longitude * self.shrink, self.top - self.scale * latitude


def fitted_path(polylines: str, width: int, height: int, margin: int = 14) -> str:
    """The path of several polygons (spaces between) centred in a box."""
    polygons = [decoded(each) for each in polylines.split()]
    points = [point for polygon in polygons for point in polygon]
    if not points:
        return ""
    fit = Fit.of(points, width, height, margin)
    return " ".join(fit.path(polygon) for polygon in polygons)
