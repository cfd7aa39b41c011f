"""A commune's arms as PNG: iOS and older Android take no SVG for a home screen."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from core.web.arms import Arms
from core.web.drawings.paths import Polygon, outlines

FONT = Path(__file__).parent / "static/web/fonts/bricolage-grotesque-french.woff2"
LETTER = 19
# The shield's box is 40 by 46. An icon that the phone cuts to a shape of its own keeps to the circle of its middle.
CENTRE, TALL = (20, 23.5), 46
SHARE, SAFE_SHARE = 0.82, 0.62
FINE = 4


@lru_cache(maxsize=64)
def touch_icon(arms: Arms, size: int, *, field: str, part: str, ink: str, paper: str, maskable: bool = False) -> bytes:
    """A square PNG of `size` pixels, opaque; the colours are those of the commune's SVG icon."""
    pen = _Pen(size * FINE, SAFE_SHARE if maskable else SHARE, paper)
    pen.fill(arms.shield, field)
    if arms.partition:
        pen.fill(arms.partition, part)
        pen.edge(arms.shield, field)
    if arms.charge:
        pen.fill(arms.charge, ink)
    else:
        pen.write(arms.letter, ink)
    kept = BytesIO()
    drawn = pen.image.resize((size, size), Image.Resampling.LANCZOS)
    drawn.quantize(64, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


class _Pen:
    """Draws paths of the shield's box in the middle of a larger square."""

    def __init__(self, side: int, share: float, paper: str) -> None:
        self.image = Image.new("RGB", (side, side), paper)
        self.scale = side * share / TALL
        self.left, self.top = (side / 2 - self.scale * each for each in CENTRE)

    def fill(self, path: str, colour: str) -> None:
        """Where outlines cross, what is inside both is a hole: bordures have one."""
        mask = Image.new("1", self.image.size)
        for polygon in outlines(path):
            one = Image.new("1", self.image.size)
            ImageDraw.Draw(one).polygon(self._placed(polygon), fill=1)
            mask = ImageChops.logical_xor(mask, one)
        self.image.paste(colour, (0, 0), mask)

    def edge(self, path: str, colour: str) -> None:
        for polygon in outlines(path):
            placed = self._placed([*polygon, *polygon[:2]])
            ImageDraw.Draw(self.image).line(placed, fill=colour, width=round(2 * self.scale), joint="curve")

    def write(self, letter: str, colour: str) -> None:
        font = ImageFont.truetype(FONT, LETTER * self.scale)
        (where,) = self._placed([(20, 31)])
        ImageDraw.Draw(self.image).text(where, letter, fill=colour, font=font, anchor="ms")

    def _placed(self, polygon: Polygon) -> Polygon:
        return [(self.left + x * self.scale, self.top + y * self.scale) for x, y in polygon]
