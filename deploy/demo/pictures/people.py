"""Small figures and the things they use."""

from deploy.demo.pictures.canvas import Canvas, smooth
from deploy.demo.pictures.looks import Colour, mixed

WHITE: Colour = (255, 255, 255)
SKINS: tuple[Colour, ...] = ((238, 196, 164), (198, 142, 104), (140, 94, 68), (246, 212, 184))
CLOTHES: tuple[Colour, ...] = (
    (196, 78, 66), (58, 104, 150), (226, 170, 72), (84, 132, 104), (132, 88, 140), (70, 82, 104), (214, 126, 96),
)  # fmt: skip
HAIRS: tuple[Colour, ...] = ((62, 46, 40), (104, 72, 48), (190, 186, 180), (38, 34, 38))


def person(canvas: Canvas, x: float, foot: float, high: float, *, vest: bool = False, arm: float = 0) -> None:
    """Somebody standing; `vest` is a worker's, and `arm` lifts one arm to that side (-1 or 1)."""
    skin, hair = canvas.chance.choice(SKINS), canvas.chance.choice(HAIRS)
    top = (240, 150, 40) if vest else canvas.chance.choice(CLOTHES)
    below = (52, 64, 88) if vest else canvas.shade(canvas.chance.choice(CLOTHES), 0.4)
    if canvas.look.night:
        skin, top, below = (mixed(each, canvas.look.shadow, 0.45) for each in (skin, top, below))
    canvas.disc(x + high * 0.06, foot, high * 0.24, high * 0.035, canvas.look.shadow, 60)
    for side in (-1, 1):
        canvas.rounded(
            x + side * high * 0.065 - high * 0.05, foot - high * 0.42, high * 0.1, high * 0.42, high * 0.03, below
        )
    canvas.rounded(x - high * 0.15, foot - high * 0.78, high * 0.3, high * 0.44, high * 0.1, top)
    if vest:
        canvas.box(x - high * 0.15, foot - high * 0.58, high * 0.3, high * 0.05, (250, 244, 190))
    for side in (-1, 1):
        shoulder = (x + side * high * 0.14, foot - high * 0.72)
        hand = (x + side * high * 0.19, foot - high * 0.42)
        if side == arm:
            hand = (x + side * high * 0.34, foot - high * 0.86)
        canvas.line([shoulder, hand], canvas.shade(top, 0.15), high * 0.075)
        canvas.disc(*hand, high * 0.04, high * 0.04, skin)
    canvas.disc(x, foot - high * 0.88, high * 0.1, high * 0.115, skin)
    canvas.half_disc(x, foot - high * 0.895, high * 0.11, high * 0.115, (250, 204, 60) if vest else hair, up=True)


def crowd(canvas: Canvas, foot: float, places: list[float], high: float) -> None:
    for x in places:
        person(canvas, x, foot + canvas.between(-8, 14), high * canvas.between(0.9, 1.06))


def stall(canvas: Canvas, x: float, foot: float, wide: float, number: int = 0) -> None:
    """A market stall: striped awning, crates of fruit."""
    stripe = (canvas.look.accent, (204, 92, 70), (226, 168, 70), (74, 124, 150))[number % 4]
    high = wide * 0.86
    top = foot - high
    for side in (x + 6, x + wide - 12):
        canvas.box(side, top + 12, 7, high - 12, (134, 104, 80))
    bands = 8
    for band in range(bands):
        left, right = x - 14 + band * (wide + 28) / bands, x - 14 + (band + 1) * (wide + 28) / bands
        inner_left, inner_right = x + 8 + band * (wide - 16) / bands, x + 8 + (band + 1) * (wide - 16) / bands
        colour = stripe if band % 2 else (250, 246, 238)
        if canvas.look.night:
            colour = mixed(colour, canvas.look.shadow, 0.35)
        low = top + wide * 0.22
        canvas.polygon([(inner_left, top), (inner_right, top), (right, low), (left, low)], colour)
        canvas.half_disc((left + right) / 2, low, (right - left) / 2, 10, canvas.shade(colour, 0.08), up=False)
    canvas.box(x, foot - wide * 0.3, wide, wide * 0.3, (166, 128, 94))
    canvas.box(x, foot - wide * 0.3, wide, 7, (196, 158, 118))
    fruits = ((214, 82, 62), (236, 168, 60), (112, 152, 80), (150, 74, 110), (226, 208, 120))
    crates = 4
    for crate in range(crates):
        left, size = x + 8 + crate * (wide - 12) / crates, (wide - 36) / crates
        for row in range(3):
            for column in range(5):
                spot = left + (column + 0.5 + row % 2 * 0.3) * size / 5.5
                canvas.disc(spot, foot - wide * 0.3 - 6 - row * 7, 7, 7, fruits[(crate + number) % len(fruits)])
        canvas.box(left, foot - wide * 0.3 - 10, size, 12, (190, 148, 104))


def barrier(canvas: Canvas, x: float, foot: float, wide: float) -> None:
    """A barrier of road works, red and white."""
    for side in (x + wide * 0.1, x + wide * 0.84):
        canvas.box(side, foot - 62, 8, 62, (120, 126, 134))
    canvas.box(x, foot - 70, wide, 24, WHITE)
    for index in range(int(wide / 40)):
        left = x + index * 40
        canvas.polygon(
            [(left + 8, foot - 46), (left + 20, foot - 70), (left + 38, foot - 70), (left + 26, foot - 46)],
            (206, 62, 52),
        )


def cone(canvas: Canvas, x: float, foot: float, high: float = 46) -> None:
    canvas.polygon(
        [(x - high * 0.28, foot), (x - 3, foot - high), (x + 3, foot - high), (x + high * 0.28, foot)], (232, 110, 52)
    )
    canvas.polygon(
        [
            (x - high * 0.2, foot - high * 0.3),
            (x - high * 0.13, foot - high * 0.54),
            (x + high * 0.13, foot - high * 0.54),
            (x + high * 0.2, foot - high * 0.3),
        ],
        WHITE,
    )
    canvas.box(x - high * 0.4, foot - 5, high * 0.8, 7, (206, 92, 44))


def digger(canvas: Canvas, x: float, foot: float, size: float) -> None:
    yellow, dark = (238, 178, 56), (66, 70, 78)
    canvas.rounded(x, foot - size * 0.22, size, size * 0.22, size * 0.1, dark)
    for wheel in (0.14, 0.38, 0.62, 0.86):
        canvas.disc(x + size * wheel, foot - size * 0.11, size * 0.075, size * 0.075, (108, 112, 120))
    canvas.rounded(x + size * 0.04, foot - size * 0.5, size * 0.84, size * 0.29, size * 0.05, yellow)
    canvas.rounded(x + size * 0.12, foot - size * 0.86, size * 0.42, size * 0.42, size * 0.05, yellow)
    canvas.rounded(
        x + size * 0.18, foot - size * 0.8, size * 0.3, size * 0.24, size * 0.03, mixed(canvas.look.sky, WHITE, 0.3)
    )
    arm = [
        (x + size * 0.7, foot - size * 0.44),
        (x + size * 1.1, foot - size * 1.04),
        (x + size * 1.52, foot - size * 0.66),
        (x + size * 1.5, foot - size * 0.3),
    ]
    canvas.line(arm, canvas.shade(yellow, 0.12), size * 0.085)
    canvas.polygon(
        [
            (x + size * 1.36, foot - size * 0.32),
            (x + size * 1.64, foot - size * 0.32),
            (x + size * 1.58, foot - size * 0.08),
            (x + size * 1.38, foot - size * 0.14),
        ],
        dark,
    )


def van(canvas: Canvas, x: float, foot: float, size: float, colour: Colour) -> None:
    """A large van, its side open on shelves of books."""
    canvas.disc(x + size * 0.5, foot, size * 0.56, size * 0.03, canvas.look.shadow, 70)
    canvas.rounded(x, foot - size * 0.5, size * 0.78, size * 0.43, size * 0.03, colour)
    canvas.polygon(
        [
            (x + size * 0.76, foot - size * 0.44),
            (x + size * 0.9, foot - size * 0.42),
            (x + size * 1.0, foot - size * 0.22),
            (x + size * 1.0, foot - size * 0.08),
            (x + size * 0.76, foot - size * 0.08),
        ],
        colour,
    )
    canvas.polygon(
        [
            (x + size * 0.8, foot - size * 0.39),
            (x + size * 0.885, foot - size * 0.38),
            (x + size * 0.95, foot - size * 0.23),
            (x + size * 0.8, foot - size * 0.23),
        ],
        mixed(canvas.look.sky, WHITE, 0.35),
    )
    _books(canvas, x, foot, size)
    awning = [
        (x + size * 0.06, foot - size * 0.43),
        (x + size * 0.64, foot - size * 0.43),
        (x + size * 0.68, foot - size * 0.36),
        (x + size * 0.02, foot - size * 0.36),
    ]
    canvas.polygon(awning, mixed(canvas.look.accent, WHITE, 0.15), 235)
    for wheel in (0.18, 0.84):
        canvas.disc(x + size * wheel, foot - size * 0.06, size * 0.075, size * 0.075, (48, 52, 60))
        canvas.disc(x + size * wheel, foot - size * 0.06, size * 0.032, size * 0.032, (176, 182, 190))


def _books(canvas: Canvas, x: float, foot: float, size: float) -> None:
    canvas.box(x + size * 0.08, foot - size * 0.43, size * 0.54, size * 0.24, (92, 72, 58))
    for shelf in (0, 1):
        spot = x + size * 0.09
        while spot < x + size * 0.6:
            wide, tall = size * canvas.between(0.012, 0.024), size * canvas.between(0.07, 0.095)
            canvas.box(spot, foot - size * (0.315 - shelf * 0.115) - tall, wide, tall, canvas.chance.choice(CLOTHES))
            spot += wide + 1
        canvas.box(x + size * 0.08, foot - size * (0.315 - shelf * 0.115), size * 0.54, size * 0.014, (190, 156, 120))


def bench(canvas: Canvas, x: float, foot: float, wide: float) -> None:
    wood = (164, 118, 80)
    for y in (58, 44):
        canvas.box(x, foot - y, wide, 9, wood)
    canvas.box(x - 4, foot - 28, wide + 8, 9, canvas.shade(wood, 0.1))
    for leg in (x + wide * 0.1, x + wide * 0.84):
        canvas.box(leg, foot - 60, 6, 60, (70, 76, 84))


def garland(canvas: Canvas, left: tuple[float, float], right: tuple[float, float], sag: float, lit: bool) -> None:
    """Small flags by day, bulbs by night, on a line that hangs."""
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + sag)
    line = smooth([left, middle, right], 10)
    canvas.line(line, canvas.shade(canvas.look.walls[0], 0.6), 2)
    for index, (x, y) in enumerate(line[1:-1]):
        colour = CLOTHES[index % len(CLOTHES)]
        if lit:
            canvas.glow(x, y + 6, 22, (255, 214, 130), 120)
            canvas.disc(x, y + 6, 5, 6, (255, 236, 180))
        else:
            canvas.polygon([(x - 9, y), (x + 9, y), (x, y + 22)], colour)
