"""Sky: the light, the sun on its halo, clouds and birds."""

from core.web.drawings.canvas import WIDTH, Canvas

# Classes of the whole drawing: by day, towards the evening, at dawn.
LIGHTS = ("landscape", "landscape gold", "landscape rose")


def sky(canvas: Canvas, *, sun_at: int, sun_top: int = 112, clouds: int = 2, birds: bool = True) -> None:
    """A sun low enough to stay in a wide crop of the picture."""
    canvas.shape("sky", f"M0 0h{WIDTH}v300H0z")
    canvas.shape("glow", f"M0 300V150C160 118 {sun_at - 60} 92 {sun_at} 92S560 130 {WIDTH} 150v150z")
    x = sun_at + canvas.between(-14, 14)
    canvas.shape("halo", _disc(x, sun_top, 52))
    canvas.shape("sun", _disc(x, sun_top, 27))
    for index in range(clouds):
        side = (x + 180 + index * 230 + canvas.between(-30, 30)) % 560
        canvas.shape("cloud", _cloud(side, 54 + index * 42 + canvas.between(-8, 8), canvas.between(56, 84)))
    if birds:
        left, top = (x + 250) % 520 + 40, 92 + canvas.between(-8, 8)
        canvas.shape("bird", "".join(_bird(left + dx, top + dy, size) for dx, dy, size in _FLIGHT))
    canvas.close_plan()


_FLIGHT = ((0, 0, 8), (24, -9, 7), (40, 6, 6))


def _disc(x: int, y: int, radius: int) -> str:
    return f"M{x - radius} {y}a{radius} {radius} 0 1 1 {2 * radius} 0a{radius} {radius} 0 1 1 -{2 * radius} 0z"


def _cloud(x: int, y: int, wide: int) -> str:
    """Two long drops of mist, one on the other."""
    half = wide // 2
    return (
        f"M{x} {y}h{wide}a7 7 0 0 1 0 14h-{wide}a7 7 0 0 1 0-14z"
        f"M{x + half // 2} {y - 11}h{half}a7 7 0 0 1 0 14h-{half}a7 7 0 0 1 0-14z"
    )


def _bird(x: int, y: int, size: int) -> str:
    return f"M{x} {y}q{size // 2}-{size // 2} {size} 0q{size // 2}-{size // 2} {size} 0"
