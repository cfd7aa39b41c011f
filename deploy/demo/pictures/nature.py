"""Sky, land, water and plants."""

from deploy.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, smooth
from deploy.demo.pictures.looks import mixed

WHITE = (255, 255, 255)


def sky(canvas: Canvas, horizon: float = 480, sun_at: float = 880, clouds: int = 4) -> None:
    look = canvas.look
    canvas.fade(0, horizon, look.sky, look.horizon)
    canvas.box(0, horizon - 1, WIDTH, HEIGHT - horizon + 1, look.horizon)
    sun_top = canvas.between(110, 190)
    if look.night:
        for _ in range(90):
            size = canvas.between(0.6, 1.8)
            canvas.disc(canvas.between(0, WIDTH), canvas.between(0, horizon * 0.8), size, size, look.sun, 170)
    canvas.glow(sun_at, sun_top, 190, look.sun, 110)
    canvas.disc(sun_at, sun_top, 44, 44, look.sun)
    for index in range(clouds):
        x = (index + canvas.between(0.1, 0.8)) * WIDTH / max(1, clouds)
        cloud(canvas, x, canvas.between(70, horizon * 0.42), canvas.between(0.6, 1.3))


def cloud(canvas: Canvas, x: float, y: float, scale: float) -> None:
    for dx, dy, wide, high in ((0, 0, 70, 17), (-34, 9, 54, 13), (44, 8, 62, 14), (6, -13, 34, 17)):
        canvas.disc(x + dx * scale, y + dy * scale, wide * scale, high * scale, canvas.look.cloud, 74)


def range_of(canvas: Canvas, top: float, swing: float, colour: tuple[int, int, int], steps: int = 7) -> None:
    """Soft hills from side to side."""
    wide = WIDTH / steps
    line = [(index * wide, top + canvas.between(-swing, swing)) for index in range(-1, steps + 2)]
    canvas.ground(line, colour)


def peaks(canvas: Canvas, foot: float, tops: list[tuple[float, float, float]]) -> None:
    """Summits (x, top, half-width): a face in the light, one in the shade, snow on the high ones."""
    look = canvas.look
    snow = mixed(WHITE, look.horizon, 0.15)
    for x, top, half in tops:
        ridge = [(x, top), (x + half * 0.1, top + (foot - top) * 0.34), (x - half * 0.06, top + (foot - top) * 0.6)]
        canvas.polygon([(x - half, foot), (x, top), (x + half, foot)], look.far)
        canvas.polygon([*ridge, (x + half * 0.12, foot), (x + half, foot)], canvas.shade(look.far, 0.24))
        cap = (foot - top) * 0.28
        left, right = (x - half * 0.28, top + cap), (x + half * 0.28, top + cap)
        teeth: list[Point] = [
            (x + half * 0.14, top + cap * 0.72),
            (x + half * 0.03, top + cap * 1.12),
            (x - half * 0.1, top + cap * 0.7),
            (x - half * 0.17, top + cap * 1.2),
        ]
        canvas.polygon([(x, top), right, *teeth, left], snow)


def water(canvas: Canvas, top: float, bottom: float = HEIGHT) -> None:
    look = canvas.look
    canvas.fade(top, bottom, mixed(look.water, look.horizon, 0.4), canvas.shade(look.water, 0.12))
    for _ in range(46):
        y = top + (bottom - top) * canvas.chance.random() ** 1.4
        size = 10 + 60 * (y - top) / (bottom - top)
        x = canvas.between(-20, WIDTH)
        canvas.line([(x, y), (x + size, y)], WHITE, 1.6, 90)


def fir(canvas: Canvas, x: float, foot: float, high: float) -> None:
    colour = canvas.look.foliage
    snowy = canvas.look.near[2] > 225
    canvas.box(x - high * 0.035, foot - high * 0.14, high * 0.07, high * 0.14, canvas.shade((110, 84, 66)))
    for level in range(3):
        top, half = foot - high * (1 - level * 0.2), high * (0.15 + level * 0.065)
        bottom = top + high * 0.42
        canvas.polygon([(x, top), (x + half, bottom), (x - half, bottom)], colour)
        canvas.polygon([(x, top), (x + half, bottom), (x, bottom)], canvas.shade(colour, 0.22))
        if snowy:
            canvas.polygon([(x, top), (x + half * 0.5, top + high * 0.2), (x - half * 0.55, top + high * 0.24)], WHITE)


def tree(canvas: Canvas, x: float, foot: float, high: float) -> None:
    """A round tree, lit from the left."""
    colour = mixed(canvas.look.foliage, canvas.look.near, canvas.between(0, 0.5))
    canvas.box(x - high * 0.03, foot - high * 0.4, high * 0.06, high * 0.4, canvas.shade((122, 94, 74)))
    for dx, dy, size in ((0, 0.62, 0.27), (-0.16, 0.5, 0.2), (0.17, 0.5, 0.2), (0.04, 0.8, 0.17)):
        canvas.disc(x + dx * high, foot - dy * high, size * high, size * high * 0.95, canvas.shade(colour, 0.16))
    for dx, dy, size in ((-0.06, 0.66, 0.2), (-0.18, 0.54, 0.14), (0.1, 0.56, 0.13), (0, 0.82, 0.11)):
        canvas.disc(x + dx * high, foot - dy * high, size * high, size * high * 0.92, mixed(colour, WHITE, 0.07))


def poplar(canvas: Canvas, x: float, foot: float, high: float) -> None:
    colour = canvas.look.foliage
    canvas.disc(x, foot - high * 0.54, high * 0.12, high * 0.48, canvas.shade(colour, 0.14))
    canvas.disc(x - high * 0.03, foot - high * 0.56, high * 0.075, high * 0.42, mixed(colour, WHITE, 0.09))


def pine(canvas: Canvas, x: float, foot: float, high: float) -> None:
    """An umbrella pine."""
    trunk = smooth([(x, foot), (x + high * 0.06, foot - high * 0.4), (x + high * 0.02, foot - high * 0.72)])
    canvas.line(trunk, canvas.shade((138, 98, 74)), high * 0.045)
    for dx, dy, wide, high_ in ((0, 0.78, 0.34, 0.12), (-0.16, 0.72, 0.2, 0.09), (0.2, 0.73, 0.2, 0.09)):
        canvas.disc(x + dx * high, foot - dy * high, wide * high, high_ * high, canvas.look.foliage)
    light = mixed(canvas.look.foliage, WHITE, 0.1)
    canvas.disc(x - high * 0.05, foot - high * 0.83, high * 0.22, high * 0.06, light)


def tufts(canvas: Canvas, top: float, bottom: float, count: int = 40) -> None:
    """Grass, larger where it is nearer."""
    colour = canvas.shade(canvas.look.near, 0.22)
    for _ in range(count):
        x, y = canvas.between(0, WIDTH), canvas.between(top, bottom)
        high = 7 + 15 * (y - top) / max(1, bottom - top)
        for lean in (-0.5, 0.1, 0.6):
            canvas.line([(x, y), (x + lean * high * 0.6, y - high)], colour, 1.8, 150)


def flakes(canvas: Canvas, count: int = 170) -> None:
    for _ in range(count):
        size = canvas.between(1.4, 4.2)
        canvas.disc(canvas.between(0, WIDTH), canvas.between(0, HEIGHT), size, size, WHITE, 210)


def path(canvas: Canvas, x: float, top: float, to: float) -> None:
    """A way that comes from far to the foot of the picture."""
    middle = (top + HEIGHT) / 2
    left = smooth([(x - 5, top), (x - 70, middle), (to - 130, HEIGHT)])
    right = smooth([(to + 130, HEIGHT), (x + 10, middle), (x + 7, top)])
    canvas.polygon([*left, *right], mixed(canvas.look.soil, WHITE, 0.12))
    canvas.line(right, canvas.shade(canvas.look.soil, 0.18), 3, 120)
