"""Where a scene is drawn: strokes of the same paint are gathered in one path, in the order of depth."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

WIDTH, HEIGHT = 640, 300
Point = tuple[float, float]


@dataclass(slots=True)
class Canvas:
    """Paints are class names (`l-roof`), so that both themes colour one drawing; a plan is what stands at one depth."""

    chance: random.Random
    done: list[str] = field(default_factory=list)
    plan: dict[str, list[str]] = field(default_factory=dict)

    def shape(self, paint: str, path: str) -> None:
        """Adds to the plan; a plan's paints are laid in the order of their first shape."""
        self.plan.setdefault(paint, []).append(path)

    def close_plan(self, *order: str) -> None:
        """Ends a depth: what follows stands in front of it. `order` names the paints to lay first."""
        for paint in [*order, *(name for name in self.plan if name not in order)]:
            if paint in self.plan:
                self.done.append(f'<path class="l-{paint}" d="{"".join(self.plan[paint])}"/>')
        self.plan = {}

    def between(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def markup(self) -> str:
        self.close_plan()
        return "".join(self.done)


def smooth(points: Iterable[Point]) -> str:
    """A soft line through the points, from left to right, without its first move."""
    line = list(points)
    path = ""
    for index in range(len(line) - 1):
        before, start, end = line[max(0, index - 1)], line[index], line[index + 1]
        after = line[min(len(line) - 1, index + 2)]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        path += f"C{first[0]:.0f} {first[1]:.0f} {second[0]:.0f} {second[1]:.0f} {end[0]:.0f} {end[1]:.0f}"
    return path


def ground(points: list[Point]) -> str:
    """Land under a soft line, down to the bottom of the picture."""
    (x, y), (last, _) = points[0], points[-1]
    return f"M{x:.0f} {HEIGHT}V{y:.0f}{smooth(points)}L{last:.0f} {HEIGHT}z"
