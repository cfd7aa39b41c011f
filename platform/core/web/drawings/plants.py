"""Trees and grass: every plant has a lit part and a part in the shade."""

from collections.abc import Iterable

from core.web.drawings.canvas import Canvas

Spot = tuple[int, int, int]


def round_trees(canvas: Canvas, spots: Iterable[Spot]) -> None:
    """Broad trees at (x, foot, radius)."""
    for x, foot, r in spots:
        y = foot - r - r // 2
        lit = r * 2 // 3
        canvas.shape("trunk", f"M{x - 1} {foot}v-{r}h3v{r}z")
        canvas.shape("leaf", f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r} 0 1 1-{2 * r} 0z")
        canvas.shape("leaf-lit", f"M{x - r + 2} {y - 2}a{lit} {lit} 0 1 1 {2 * lit} 0a{lit} {lit} 0 1 1-{2 * lit} 0z")


def poplars(canvas: Canvas, spots: Iterable[Spot]) -> None:
    """Tall thin trees (poplars, cypresses) at (x, foot, height)."""
    for x, foot, high in spots:
        half = max(4, high // 7)
        canvas.shape(
            "leaf",
            f"M{x} {foot - high}c{half * 2} {high // 3} {half} {high} 0 {high}s-{half * 2}-{high * 2 // 3} 0-{high}z",
        )
        canvas.shape("leaf-lit", f"M{x} {foot - high}c-{half} {high // 3}-{half} {high - 6}-1 {high - 4}z")


def firs(canvas: Canvas, spots: Iterable[Spot]) -> None:
    """Conifers in two tiers at (x, foot, height)."""
    for x, foot, high in spots:
        half, tier = high * 3 // 10, high * 5 // 8
        canvas.shape(
            "leaf",
            f"M{x} {foot - high}l{half * 2 // 3} {tier}h-{half // 4}l{half // 2} {high - tier}h-{half * 2}l{half // 2}-{high - tier}h-{half // 4}z",
        )
        canvas.shape(
            "leaf-lit", f"M{x} {foot - high}l-{half * 2 // 3} {tier}h{half // 4}l-{half // 2} {high - tier}h{half - 1}z"
        )


def palm(canvas: Canvas, x: int, foot: int, high: int, lean: int) -> None:
    top, crown = foot - high, x + lean
    canvas.shape(
        "trunk",
        f"M{x - 3} {foot}Q{x} {foot - high // 2} {crown - 1} {top}h3Q{x + 6} {foot - high // 2} {x + 4} {foot}z",
    )
    for reach, drop, lift in _FRONDS:
        for side in (-1, 1):
            tip, middle = crown + side * reach, crown + side * reach // 2
            canvas.shape(
                "leaf" if side > 0 else "leaf-lit",
                f"M{crown} {top}Q{middle} {top - lift} {tip} {top + drop}Q{middle} {top - lift + 14} {crown} {top}z",
            )


_FRONDS = ((46, 16, 20), (36, 36, 10), (28, -12, 32))


def reeds(canvas: Canvas, spots: Iterable[Spot]) -> None:
    for x, foot, high in spots:
        canvas.shape(
            "reed",
            f"M{x} {foot}q2-{high // 2} 5-{high}M{x + 4} {foot}q0-{high // 2}-3-{high * 4 // 5}M{x + 8} {foot}q1-{high // 2} 7-{high * 3 // 4}",
        )


def tufts(canvas: Canvas, count: int = 9, low: int = 276, high: int = 296) -> None:
    for _ in range(count):
        x, y = canvas.between(8, 630), canvas.between(low, high)
        canvas.shape("tuft", f"M{x} {y}l2-7m1 7l3-6m-7 6l-1-5")
