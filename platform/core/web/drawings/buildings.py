"""What people built: houses, churches, belfries, boats, a lighthouse, a bridge, a mill."""

from core.web.drawings.canvas import Canvas


def house(canvas: Canvas, x: int, foot: int, wide: int = 26, high: int = 20, long: int = 24, roof: int = 14) -> None:
    """A gable in the shade and a long side in the light, with windows and shutters of the commune's colour."""
    half, top = wide // 2, foot - high
    canvas.shape("shade", f"M{x} {foot}V{top}l{half}-{roof} {wide - half} {roof}V{foot}z")
    canvas.shape("wall", f"M{x + wide} {foot}V{top}h{long}V{foot}z")
    canvas.shape("roof", f"M{x + half} {top - roof}h{long}l{wide - half + 2} {roof + 2}h-{long}z")
    canvas.shape("eave", f"M{x - 2} {top + 2}l{half + 2}-{roof + 2}h3l-{half + 2} {roof + 2}z")
    if long >= 16:
        y = foot - high * 2 // 3
        canvas.shape("window", f"M{x + wide + 6} {y}h4v7h-4zM{x + half - 2} {y}h4v7h-4z")
        canvas.shape("accent", f"M{x + wide + 3} {y}h3v7h-3zM{x + wide + 10} {y}h3v7h-3z")


def chimney(canvas: Canvas, x: int, top: int) -> None:
    canvas.shape("wall", f"M{x} {top}h5v9h-5z")


def church(canvas: Canvas, x: int, foot: int, high: int = 52, spire: int = 30) -> None:
    """A nave and its tower, with the cock on the spire."""
    house(canvas, x + 20, foot, 24, 26, 34, 17)
    top = foot - high
    canvas.shape("tower", f"M{x} {foot}V{top}h13V{foot}z")
    canvas.shape("tower-shade", f"M{x + 13} {foot}V{top}h10V{foot}z")
    canvas.shape("spire", f"M{x - 2} {top}L{x + 11.5:g} {top - spire} {x + 25} {top}z")
    canvas.shape("bay", f"M{x + 4} {top + 18}v-8a3 3 0 0 1 6 0v8zM{x + 16} {top + 18}v-8a2 3 0 0 1 4 0v8z")
    canvas.shape("thread", f"M{x + 11.5:g} {top - spire}v-8m-3 3h6")


def belfry(canvas: Canvas, x: int, foot: int, high: int = 96) -> None:
    """A town's belfry: a square tower, its clock, a lantern, and the commune's flag."""
    top = foot - high
    canvas.shape("tower", f"M{x} {foot}V{top}h16V{foot}zM{x + 5} {top - 13}h8v13h-8z")
    canvas.shape("tower-shade", f"M{x + 16} {foot}V{top}h12V{foot}zM{x + 13} {top - 13}h9v13h-9z")
    canvas.shape("spire", f"M{x - 3} {top}l5-9h24l5 9zM{x + 2} {top - 13}l12-24 12 24z")
    canvas.shape("bay", f"M{x + 4} {top + 40}v-9a4 4 0 0 1 8 0v9zM{x + 20} {top + 40}v-9a2.500 4 0 0 1 5 0v9z")
    canvas.shape("window", f"M{x + 3.5:g} {top + 14}a4.500 4.500 0 1 1 9 0a4.500 4.500 0 1 1-9 0z")
    canvas.shape("thread", f"M{x + 14} {top - 36}v-14")
    canvas.shape("accent", f"M{x + 14} {top - 50}l14 4-14 4z")


def street(canvas: Canvas, x: int, foot: int, fronts: list[tuple[int, int]]) -> int:
    """Fronts (width, height) side by side, stepped roofs, rows of windows. Gives where the street ends."""
    for index, (wide, high) in enumerate(fronts):
        top = foot - high
        canvas.shape("wall" if index % 2 else "shade", f"M{x} {foot}V{top}h{wide}V{foot}z")
        if index % 3 == 1:
            canvas.shape("roof", f"M{x - 2} {top + 1}l{wide // 2 + 2}-{wide // 2 + 4} {wide // 2 + 2} {wide // 2 + 4}z")
        else:
            canvas.shape("eave" if index % 2 else "roof", f"M{x - 2} {top + 1}l7-13h{wide - 10}l7 13z")
        for y in range(top + 7, foot - 14, 15):
            canvas.shape("window", f"M{x + wide // 4 - 1} {y}h4v8h-4zM{x + wide * 3 // 4 - 3} {y}h4v8h-4z")
        canvas.shape("accent", f"M{x + wide // 2 - 3} {foot - 11}h6v11h-6z")
        x += wide + 1
    return x


def sail(canvas: Canvas, x: int, y: int, high: int = 30) -> None:
    canvas.shape("hull", f"M{x - 12} {y}h26l-5 6h-16z")
    canvas.shape("wall", f"M{x - 1} {y - 3}V{y - high}l-11 {high - 3}z")
    canvas.shape("accent", f"M{x + 1} {y - 3}V{y - high - 3}l13 {high}z")


def lighthouse(canvas: Canvas, x: int, foot: int, high: int = 62) -> None:
    top = foot - high
    canvas.shape("tower", f"M{x} {foot}l3-{high}h10l3 {high}z")
    canvas.shape(
        "accent", f"M{x + 1} {foot - 18}l.800-14h12.400l.800 14zM{x + 2.2:g} {foot - 42}l.600-11h10.400l.600 11z"
    )
    canvas.shape("window", f"M{x + 4} {top - 10}h8v10h-8z")
    canvas.shape("spire", f"M{x + 1} {top}h14v3h-14zM{x + 3} {top - 10}l5-7 5 7z")


def bridge(canvas: Canvas, left: int, deck: int, foot: int, arches: int = 3, span: int = 38) -> None:
    wide = arches * span + 16
    holes = "".join(
        f"M{left + 12 + index * span} {foot}v-6a{span // 2 - 4} {foot - deck - 14} 0 0 1 {span - 8} 0v6z"
        for index in range(arches)
    )
    canvas.shape(
        "stone",
        f"M{left - 14} {deck + 4}q{wide // 2 + 14}-14 {wide + 28} 0v6l-14 {foot - deck - 10}H{left}l-14-{foot - deck - 10}z{holes}",
    )
    canvas.close_plan()


def mill(canvas: Canvas, x: int, foot: int) -> None:
    canvas.shape("tower", f"M{x} {foot}l4-36h9v36z")
    canvas.shape("tower-shade", f"M{x + 13} {foot}v-36h7l4 36z")
    canvas.shape("spire", f"M{x + 1} {foot - 35}l11-16 11 16z")
    canvas.shape(
        "thread",
        f"M{x + 12} {foot - 40}l21-17M{x + 12} {foot - 40}l-21 17M{x + 12} {foot - 40}l17 21M{x + 12} {foot - 40}l-17-21",
    )
