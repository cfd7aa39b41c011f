"""Land and water: ranges, hills, fields, sea, river, rows of vines."""

from core.web.drawings.canvas import WIDTH, Canvas, Point, ground


def hills(canvas: Canvas, paint: str, top: int, swing: int, steps: int = 4) -> None:
    """Soft hills from side to side; every second one rises."""
    width = WIDTH / steps
    points: list[Point] = [
        (index * width, top + (swing if index % 2 else -swing) + canvas.between(-swing // 2, swing // 2))
        for index in range(steps + 1)
    ]
    canvas.shape(paint, ground(points))
    canvas.close_plan()


def land(canvas: Canvas, paint: str, points: list[Point]) -> None:
    canvas.shape(paint, ground(points))
    canvas.close_plan()


def peaks(canvas: Canvas, summits: list[tuple[int, int, int]], foot: int, rock: str = "rock") -> None:
    """Summits (x, top, half-width) with a lit face, a face in shade and snow."""
    for x, top, half in summits:
        high = foot - top
        ridge = x + half // 7
        canvas.shape(rock, f"M{x - half} {foot}L{x} {top} {x + half} {foot}z")
        canvas.shape(
            "cliff",
            f"M{x} {top}L{ridge + 6} {top + high // 3} {ridge - 8} {top + high // 2} {ridge + 14} {foot}H{x + half}z",
        )
        if top < 130:
            cap = high // 4
            left, right = x - half * cap // high, x + half * cap // high
            canvas.shape(
                "snow",
                f"M{x} {top}L{right} {top + cap} {x + cap // 4} {top + cap - 8} {x + 2} {top + cap + 7}"
                f" {x - cap // 3} {top + cap - 6} {left} {top + cap + 3}z",
            )
        canvas.close_plan(rock, "cliff", "snow")


def sea(canvas: Canvas, top: int, bottom: int = 300) -> None:
    canvas.shape("water", f"M0 {top}h{WIDTH}V{bottom}H0z")
    canvas.shape("deep", f"M0 {top}h{WIDTH}v9H0z")
    for row in range(top + 16, bottom - 8, 15):
        for _ in range(2):
            canvas.shape("shine", f"M{canvas.between(10, 570)} {row + canvas.between(-4, 4)}h{canvas.between(18, 52)}")
    canvas.close_plan("water", "deep", "shine")


def river(canvas: Canvas, head: int, top: int) -> None:
    """From a far bend to the foreground, wider and wider."""
    h = head
    canvas.shape(
        "water",
        f"M{h} {top}C{h - 20} {top + 8} {h - 6} {top + 14} {h + 24} {top + 24}S{h + 50} {top + 46} {h - 20} {top + 60}"
        f"S{h - 190} 288 {h - 236} 300H{h + 96}C{h + 130} 284 {h + 190} {top + 62} {h + 122} {top + 38}"
        f"S{h + 4} {top + 18} {h + 16} {top}z",
    )
    canvas.shape(
        "shine",
        f"M{h + 44} {top + 34}h26M{h + 30} {top + 66}h50M{h - 60} {top + 76}h64M{h - 150} 292h70M{h + 10} 290h40",
    )
    canvas.close_plan("water")


def fields(canvas: Canvas, top: int) -> None:
    """Strips of crops that run to the horizon."""
    centre = canvas.between(240, 400)
    for index, x in enumerate(range(-260, 900, 116)):
        paint = ("crop", "field", "meadow")[index % 3]
        far = centre + (x - centre) * 0.42
        canvas.shape(paint, f"M{x} 300L{far:.0f} {top}h46L{x + 110} 300z")
    canvas.close_plan()


def vines(canvas: Canvas, top: int, left: int = 0, right: int = WIDTH) -> None:
    """Rows of vines down a slope, with their posts."""
    lean = canvas.between(-50, 50)
    for x in range(left - 60, right + 90, 34):
        far = 320 + (x - 320) * 0.5 + lean
        canvas.shape("vine", f"M{x} 304Q{(x + far) / 2 + 8:.0f} {(300 + top) / 2:.0f} {far:.0f} {top}")
    canvas.close_plan()


def path_to(canvas: Canvas, x: int, y: int, foot: int) -> None:
    """A lane from the foreground to a doorstep."""
    canvas.shape(
        "lane",
        f"M{foot} 300C{foot + 10} 278 {x + 50} 276 {x + 30} {y + 14}S{x - 6} {y + 6} {x - 2} {y}h5"
        f"C{x + 6} {y + 6} {x + 40} {y + 4} {x + 46} {y + 15}S{foot + 50} 280 {foot + 46} 300z",
    )
    canvas.close_plan()
