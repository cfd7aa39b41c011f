"""Where a picture is drawn: 1200 × 800 units, twice as fine as what is kept, so that edges are soft."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw

from deploy.demo.pictures.looks import Colour, Look, mixed

WIDTH, HEIGHT = 1200, 800
FINE = 2
Point = tuple[float, float]


@dataclass
class Canvas:
    """A picture being painted, from back to front. `chance` moves what two pictures of a scene may have different."""

    look: Look
    chance: random.Random
    image: Image.Image = field(init=False)
    pen: Any = field(init=False)

    def __post_init__(self) -> None:
        self._work_on(Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE)))

    def finished(self) -> Image.Image:
        return self.image.reduce(FINE)

    def fade(self, top: float, bottom: float, first: Colour, last: Colour) -> None:
        """A band across the picture that goes from one colour to another."""
        size = (WIDTH * FINE, round((bottom - top) * FINE))
        mask = Image.linear_gradient("L").resize(size)
        band = Image.composite(Image.new("RGB", size, last), Image.new("RGB", size, first), mask)
        self.image.paste(band, (0, round(top * FINE)))

    def polygon(self, points: Iterable[Point], colour: Colour, alpha: int = 255) -> None:
        self.pen.polygon([_fine(point) for point in points], fill=(*colour, alpha))

    def box(self, x: float, y: float, wide: float, high: float, colour: Colour, alpha: int = 255) -> None:
        self.polygon([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], colour, alpha)

    def rounded(self, x: float, y: float, wide: float, high: float, radius: float, colour: Colour) -> None:
        corners = [*_fine((x, y)), *_fine((x + wide, y + high))]
        self.pen.rounded_rectangle(corners, radius * FINE, fill=(*colour, 255))

    def disc(self, x: float, y: float, wide: float, high: float, colour: Colour, alpha: int = 255) -> None:
        """An ellipse around its middle; `wide` and `high` are its radii."""
        self.pen.ellipse([*_fine((x - wide, y - high)), *_fine((x + wide, y + high))], fill=(*colour, alpha))

    def half_disc(self, x: float, y: float, wide: float, high: float, colour: Colour, *, up: bool) -> None:
        corners = [*_fine((x - wide, y - high)), *_fine((x + wide, y + high))]
        self.pen.pieslice(corners, *((180, 360) if up else (0, 180)), fill=(*colour, 255))

    def line(self, points: Sequence[Point], colour: Colour, width: float, alpha: int = 255) -> None:
        flat = [_fine(point) for point in points]
        self.pen.line(flat, fill=(*colour, alpha), width=max(1, round(width * FINE)), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: int = 90) -> None:
        """A light and its halo."""
        steps = 14
        for step in range(steps):
            part = radius * (1 - step / steps)
            self.disc(x, y, part, part, colour, max(2, strength // steps))

    def ground(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        """Land under a soft line, down to the bottom of the picture."""
        line = smooth(points)
        self.polygon([(line[0][0], HEIGHT), *line, (line[-1][0], HEIGHT)], colour, alpha)

    def shade(self, colour: Colour, amount: float = 0.18) -> Colour:
        return mixed(colour, self.look.shadow, amount)

    def between(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)

    def _work_on(self, image: Image.Image) -> None:
        self.image, self.pen = image, ImageDraw.Draw(image, "RGBA")


def smooth(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A soft line through the points, by Catmull and Rom."""
    line: list[Point] = []
    for index in range(len(points) - 1):
        before, start, end = points[max(0, index - 1)], points[index], points[index + 1]
        after = points[min(len(points) - 1, index + 2)]
        for step in range(steps):
            line.append(_between(before, start, end, after, step / steps))
    return [*line, points[-1]]


def _between(before: Point, start: Point, end: Point, after: Point, at: float) -> Point:
    def one(axis: int) -> float:
        a, b, c, d = before[axis], start[axis], end[axis], after[axis]
        return 0.5 * (2 * b + (c - a) * at + (2 * a - 5 * b + 4 * c - d) * at**2 + (3 * b - a - 3 * c + d) * at**3)

    return one(0), one(1)


def _fine(point: Point) -> tuple[float, float]:
    return point[0] * FINE, point[1] * FINE
