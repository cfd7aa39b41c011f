"""What people built: houses, a church, a belfry, a town hall, a school, streets."""

from deploy.demo.pictures.canvas import Canvas
from deploy.demo.pictures.looks import Colour, mixed

WHITE: Colour = (255, 255, 255)
LAMP: Colour = (255, 214, 130)


def house(canvas: Canvas, x: float, foot: float, wide: float, high: float, number: int = 0) -> None:
    """A house seen from a corner: a gable in the light, a long side in the shade."""
    look = canvas.look
    wall, roof = look.walls[number % len(look.walls)], look.roofs[number % len(look.roofs)]
    top, ridge, deep = foot - high, foot - high - wide * 0.42, wide * 0.85
    canvas.polygon([(x + wide, foot), (x + wide, top), (x + wide + deep, top), (x + wide + deep, foot)], wall)
    canvas.polygon([(x, foot), (x, top), (x + wide / 2, ridge), (x + wide, top), (x + wide, foot)], canvas.shade(wall))
    canvas.polygon(
        [(x + wide / 2, ridge), (x + wide / 2 + deep, ridge), (x + wide + deep + 5, top + 5), (x + wide + 4, top + 5)],
        roof,
    )
    canvas.line([(x - 5, top + 5), (x + wide / 2, ridge), (x + wide + 4, top + 5)], canvas.shade(roof, 0.3), 4)
    for spot in (x + wide * 0.34, x + wide + deep * 0.16, x + wide + deep * 0.6):
        window(canvas, spot, top + high * 0.22, wide * 0.2, high * 0.34)


def window(canvas: Canvas, x: float, y: float, wide: float, high: float, shutters: bool = True) -> None:
    look = canvas.look
    glass = LAMP if look.night else canvas.shade(mixed(look.sky, look.water, 0.4), 0.34)
    if shutters:
        canvas.box(x - wide * 0.5, y, wide * 2, high, mixed(look.accent, look.horizon, 0.25))
    canvas.box(x, y, wide, high, glass)
    canvas.line([(x + wide / 2, y), (x + wide / 2, y + high)], mixed(WHITE, glass, 0.3), max(1.0, wide * 0.08))
    canvas.box(x - wide * 0.1, y + high, wide * 1.2, max(2.0, high * 0.07), canvas.shade(look.walls[0], 0.1))


def church(canvas: Canvas, x: float, foot: float, size: float) -> None:
    look = canvas.look
    house(canvas, x + size * 0.3, foot, size * 0.42, size * 0.42, 1)
    wall, top = look.walls[-1], foot - size
    canvas.box(x, top, size * 0.2, size, wall)
    canvas.box(x + size * 0.2, top, size * 0.16, size, canvas.shade(wall))
    canvas.polygon([(x - 4, top), (x + size * 0.18, top - size * 0.52), (x + size * 0.36 + 4, top)], look.roofs[0])
    canvas.polygon(
        [(x + size * 0.2, top), (x + size * 0.18, top - size * 0.52), (x + size * 0.36 + 4, top)],
        canvas.shade(look.roofs[0], 0.3),
    )
    canvas.rounded(x + size * 0.06, top + size * 0.12, size * 0.08, size * 0.2, size * 0.04, canvas.shade(wall, 0.5))
    canvas.rounded(x + size * 0.25, top + size * 0.12, size * 0.06, size * 0.2, size * 0.03, canvas.shade(wall, 0.6))


def village(canvas: Canvas, x: float, foot: float, scale: float = 1.0, houses: int = 7) -> None:
    """Houses in two rows around their church."""
    for index in range(houses):
        dx = (index - houses / 2) * 74 * scale
        high = canvas.between(48, 70) * scale
        house(canvas, x + dx, foot - 42 * scale + canvas.between(-9, 9), canvas.between(40, 52) * scale, high, index)
    church(canvas, x - 20 * scale, foot - 12 * scale, 136 * scale)
    for index in range(houses - 1):
        dx = (index - houses / 2 + 0.4) * 82 * scale
        if abs(dx + 24 * scale) > 46 * scale:
            high = canvas.between(44, 58) * scale
            house(canvas, x + dx, foot + canvas.between(0, 12), canvas.between(42, 54) * scale, high, index + 2)


def belfry(canvas: Canvas, x: float, foot: float, size: float) -> None:
    """A square tower, its clock, its lantern and its banner."""
    wall, roof = (222, 206, 180), canvas.look.roofs[0]
    if canvas.look.night:
        wall = mixed(wall, (36, 44, 76), 0.5)
    top = foot - size
    canvas.box(x, top, size * 0.15, size, wall)
    canvas.box(x + size * 0.15, top, size * 0.11, size, canvas.shade(wall))
    canvas.box(x - size * 0.015, top, size * 0.29, size * 0.03, canvas.shade(wall, 0.3))
    canvas.box(x + size * 0.05, top - size * 0.14, size * 0.09, size * 0.14, wall)
    canvas.box(x + size * 0.14, top - size * 0.14, size * 0.07, size * 0.14, canvas.shade(wall))
    peak = (x + size * 0.13, top - size * 0.4)
    canvas.polygon([(x + size * 0.02, top - size * 0.14), peak, (x + size * 0.24, top - size * 0.14)], roof)
    canvas.disc(x + size * 0.075, top + size * 0.14, size * 0.05, size * 0.05, WHITE)
    hand = [
        (x + size * 0.075, top + size * 0.108),
        (x + size * 0.075, top + size * 0.14),
        (x + size * 0.1, top + size * 0.14),
    ]
    canvas.line(hand, canvas.shade(roof, 0.4), 3)
    canvas.line([peak, (peak[0], peak[1] - size * 0.12)], canvas.shade(roof, 0.4), 3)
    canvas.polygon(
        [
            (peak[0], peak[1] - size * 0.12),
            (peak[0] + size * 0.1, peak[1] - size * 0.095),
            (peak[0], peak[1] - size * 0.07),
        ],
        canvas.look.accent,
    )
    for side, tone in ((x + size * 0.05, 0.45), (x + size * 0.185, 0.6)):
        canvas.rounded(side, top + size * 0.28, size * 0.04, size * 0.13, size * 0.02, canvas.shade(wall, tone))


def street(canvas: Canvas, x: float, foot: float, to: float, size: float = 1.0) -> None:
    """Fronts side by side: gables and hips, rows of windows, doors."""
    look, number = canvas.look, 0
    while x < to:
        wide, high = canvas.between(84, 122) * size, canvas.between(170, 250) * size
        wall, roof = look.walls[number % len(look.walls)], look.roofs[number % len(look.roofs)]
        top = foot - high
        canvas.box(x, top, wide, high, wall)
        if number % 3 == 1:
            steps = [(x + wide * part, top - wide * 0.5 * (1 - abs(part - 0.5) * 2)) for part in (0, 0.5, 1)]
            canvas.polygon(steps, canvas.shade(wall, 0.08))
            canvas.line(steps, roof, 7 * size)
        else:
            slope = [(x - 4, top + 2), (x + 14 * size, top - 46 * size)]
            canvas.polygon([*slope, (x + wide - 14 * size, top - 46 * size), (x + wide + 4, top + 2)], roof)
        canvas.box(x + wide - 5 * size, top, 5 * size, high, canvas.shade(wall, 0.14))
        _front(canvas, x, top, wide, high, size)
        x, number = x + wide, number + 1


def _front(canvas: Canvas, x: float, top: float, wide: float, high: float, size: float) -> None:
    floors = max(2, round(high / (72 * size)))
    for floor in range(floors):
        y = top + 18 * size + floor * (high - 20 * size) / floors
        for part in (0.16, 0.6):
            if floor < floors - 1 or part < 0.5:
                window(canvas, x + wide * part, y, 17 * size, 32 * size)
    door = mixed(canvas.look.accent, canvas.look.shadow, 0.2)
    canvas.box(x + wide * 0.58, top + high - 50 * size, 26 * size, 50 * size, door)


def town_hall(canvas: Canvas, x: float, foot: float, size: float) -> None:
    """A front with its steps, its clock and its flags."""
    look, wall = canvas.look, mixed(canvas.look.walls[1], WHITE, 0.3)
    wide, high = size * 1.9, size * 0.78
    top = foot - high
    canvas.box(x, top, wide, high, wall)
    canvas.polygon(
        [
            (x - 12, top + 3),
            (x + size * 0.12, top - size * 0.24),
            (x + wide - size * 0.12, top - size * 0.24),
            (x + wide + 12, top + 3),
        ],
        look.roofs[0],
    )
    middle = x + wide / 2
    canvas.box(middle - size * 0.26, top - size * 0.16, size * 0.52, high + size * 0.16, mixed(wall, WHITE, 0.35))
    gable = [
        (middle - size * 0.3, top - size * 0.15),
        (middle, top - size * 0.36),
        (middle + size * 0.3, top - size * 0.15),
    ]
    canvas.polygon(gable, canvas.shade(wall, 0.1))
    canvas.disc(middle, top - size * 0.06, size * 0.07, size * 0.07, WHITE)
    canvas.line(
        [(middle, top - size * 0.11), (middle, top - size * 0.06), (middle + size * 0.035, top - size * 0.04)],
        canvas.shade(look.roofs[0], 0.4),
        3,
    )
    for part in (0.07, 0.22, 0.7, 0.85):
        for level in (0.1, 0.54):
            window(canvas, x + wide * part, top + high * level, size * 0.11, high * 0.28)
    canvas.rounded(middle - size * 0.1, foot - size * 0.36, size * 0.2, size * 0.37, size * 0.09, look.accent)
    window(canvas, middle - size * 0.06, top + high * 0.12, size * 0.12, high * 0.26)
    for step in range(3):
        half, stone = size * (0.2 + 0.06 * step), canvas.shade(wall, 0.06 * (3 - step))
        canvas.box(middle - half, foot + step * size * 0.026, half * 2, size * 0.03, stone)
    for side in (-1, 1):
        _flag(canvas, middle + side * size * 0.2, top + high * 0.16, size, side)


def _flag(canvas: Canvas, x: float, top: float, size: float, side: int) -> None:
    foot = (x, top + size * 0.234)
    canvas.line([foot, (x + side * size * 0.12, top)], canvas.shade(canvas.look.walls[1], 0.6), 4)
    for band, colour in enumerate(((44, 76, 150), WHITE, (206, 62, 62))):
        canvas.box(x + side * size * 0.02 + band * size * 0.04, top + size * 0.03, size * 0.04, size * 0.14, colour)


def school(canvas: Canvas, x: float, foot: float, size: float) -> None:
    """A long low building with large panes and a small bell."""
    look, wide, high = canvas.look, size * 2.2, size * 0.62
    top, wall = foot - high, mixed(canvas.look.walls[0], WHITE, 0.2)
    canvas.box(x, top, wide, high, wall)
    canvas.polygon(
        [
            (x - 16, top + 4),
            (x + size * 0.2, top - size * 0.34),
            (x + wide - size * 0.2, top - size * 0.34),
            (x + wide + 16, top + 4),
        ],
        look.roofs[0],
    )
    bell = x + wide / 2
    canvas.box(bell - size * 0.07, top - size * 0.54, size * 0.14, size * 0.22, wall)
    canvas.polygon(
        [(bell - size * 0.1, top - size * 0.53), (bell, top - size * 0.7), (bell + size * 0.1, top - size * 0.53)],
        look.roofs[0],
    )
    canvas.disc(bell, top - size * 0.42, size * 0.04, size * 0.05, (196, 148, 62))
    for index in range(6):
        if index != 3:
            window(
                canvas, x + wide * (0.05 + 0.155 * index), top + high * 0.2, size * 0.22, high * 0.46, shutters=False
            )
    canvas.box(x + wide * 0.525, foot - high * 0.72, size * 0.24, high * 0.72, look.accent)
