"""A telephone's photograph made ready to be shown: by our reader in its process, and by Pillow the plain way."""

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops, ImageFilter, ImageOps

from core.media.decoding.limits import MEGABYTE, SIZES
from core.media.decoding.pictures import fitted
from core.media.decoding.process import Decoded, decode
from deploy.demo.pictures import drawn
from tests.benchmarks.machine import described

ROUNDS = 7
PHOTO = (4032, 3024)
FORMATS = (("webp", "WEBP", 82), ("jpg", "JPEG", 80))
MOST_CPU = 0.5
LEAST_LIKENESS = 0.98
MOST_MEMORY = 250 * MEGABYTE
WINDOW = 8


def photograph() -> bytes:
    """Twelve megapixels as a telephone gives them: shapes, slopes of light, textures of several grains, its noise."""
    scene = (
        Image.open(drawn("fountain", "mountain", "day", "bench")).convert("RGB").resize(PHOTO, Image.Resampling.BICUBIC)
    )
    rough = scene
    for grain, strength in ((64, 30), (16, 18), (4, 12)):  # leaves, gravel, roughcast
        rough = ImageChops.add(rough, _noise(grain, strength), scale=1.0, offset=-128)
    ground = Image.linear_gradient("L").resize(PHOTO).point(lambda value: min(255, max(0, 2 * value - 200)))
    scene = Image.composite(rough, scene, ground)  # the sky above stays smooth
    scene = ImageChops.add(scene, _noise(1, 2), scale=1.0, offset=-128)  # what a telephone leaves of the sensor's
    scene = scene.filter(ImageFilter.GaussianBlur(0.7))  # a lens is not sharper than its sensor
    file, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 1
    scene.save(file, "JPEG", quality=92, exif=exif.tobytes())
    return file.getvalue()


def _noise(grain: int, strength: float) -> Image.Image:
    size = (PHOTO[0] // grain, PHOTO[1] // grain)
    return Image.effect_noise(size, strength).resize(PHOTO, Image.Resampling.BICUBIC).convert("RGB")


def plain(source: Path, out: Path) -> None:
    """As libraries of thumbnails do: each file from the original, in the same sizes, formats and qualities."""
    for size in SIZES:
        for suffix, kind, quality in FORMATS:
            picture = ImageOps.exif_transpose(Image.open(source)).convert("RGB")
            shown = picture.resize(fitted(picture.width, picture.height, size), Image.Resampling.LANCZOS)
            shown.save(out / f"{size}.{suffix}", kind, quality=quality)


def thrifty(source: Path, out: Path) -> None:
    """The same, decoding once and reducing once for each size."""
    picture = ImageOps.exif_transpose(Image.open(source)).convert("RGB")
    for size in SIZES:
        shown = picture.resize(fitted(picture.width, picture.height, size), Image.Resampling.LANCZOS)
        for suffix, kind, quality in FORMATS:
            shown.save(out / f"{size}.{suffix}", kind, quality=quality)


def likeness(one: Path, other: Path) -> float:
    """Structural similarity (SSIM) of the two luminances, the mean over windows of 8 × 8 pixels."""
    first, second = (Image.open(each).convert("L") for each in (one, other))
    assert first.size == second.size, (first.size, second.size)
    found = [_window(*pair) for pair in zip(_windows(first), _windows(second), strict=True)]
    return sum(found) / len(found)


def _windows(picture: Image.Image) -> Iterator[bytes]:
    width, height, pixels = picture.width, picture.height, picture.tobytes()
    for top in range(0, height - WINDOW + 1, WINDOW):
        rows = [pixels[line * width : (line + 1) * width] for line in range(top, top + WINDOW)]
        for left in range(0, width - WINDOW + 1, WINDOW):
            yield b"".join(row[left : left + WINDOW] for row in rows)


def _window(one: bytes, other: bytes) -> float:
    count = WINDOW * WINDOW
    first, second = sum(one) / count, sum(other) / count
    spread = sum(value * value for value in one) / count - first * first
    others = sum(value * value for value in other) / count - second * second
    both = sum(a * b for a, b in zip(one, other, strict=True)) / count - first * second
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return ((2 * first * second + small) * (2 * both + large)) / (
        (first * first + second * second + small) * (spread + others + large)
    )


def main() -> int:
    """1 when half the CPU, the likeness or the memory is missed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source, ours, theirs = folder / "photo.jpg", folder / "ours", folder / "theirs"
        source.write_bytes(photograph())
        ours.mkdir(), theirs.mkdir()
        decoded: list[Decoded] = []
        took: list[list[float]] = [[], []]
        for _round in range(ROUNDS):
            decoded.append(decode(source, ours, ["picture"]))
            for way, spent in zip((thrifty, plain), took, strict=True):
                before = time.process_time()
                way(source, theirs)
                spent.append(time.process_time() - before)
        names = [each.name for each in decoded[0].renditions]
        alike = {name: likeness(ours / name, theirs / name) for name in names}
        weights = {name: ((ours / name).stat().st_size, (theirs / name).stat().st_size) for name in names}
        weight = source.stat().st_size
    mine, (once, usual) = median(each.cpu for each in decoded), (median(each) for each in took)
    peak, ratio = max(each.peak for each in decoded), mine / usual
    print(f"A JPEG of {PHOTO[0]} × {PHOTO[1]}, {weight / MEGABYTE:.1f} MB, to {len(names)} files. {described()}")
    print(f"CPU, median of {ROUNDS}: ours {mine * 1000:.0f} ms (its process included), plain {usual * 1000:.0f} ms")
    print(f"Plain, but decoding once: {once * 1000:.0f} ms, of which ours is {mine / once:.2f}")
    for each, (own, other) in weights.items():
        print(f"{each:12} SSIM {alike[each]:.4f}   {own / 1024:6.0f} KB, plain {other / 1024:6.0f} KB")
    kept = (ratio <= MOST_CPU, min(alike.values()) >= LEAST_LIKENESS, peak <= MOST_MEMORY)
    words = ["kept" if each else "MISSED" for each in kept]
    print(f"At most {MOST_CPU} of the CPU: {words[0]} ({ratio:.2f}).")
    print(f"SSIM of at least {LEAST_LIKENESS}: {words[1]} ({min(alike.values()):.4f}).")
    print(f"At most {MOST_MEMORY // MEGABYTE} MB of memory: {words[2]} ({peak / MEGABYTE:.0f} MB).")
    return 0 if all(kept) else 1
