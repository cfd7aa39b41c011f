"""A picture turned upright, reduced to each size and drawn again, with nothing but its pixels."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any, Final

# Named one by one: a format that Pillow does not know yet makes it import all fifty.
from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from core.media.decoding.limits import MAX_PHOTO_PIXELS, MAX_PIXELS, MIN_SIDE, SIZES
from core.media.decoding.magic import HEIC, JPEG, Format
from core.media.decoding.refused import Reason, Refused

warnings.simplefilter("error", Image.DecompressionBombWarning)
Image.MAX_IMAGE_PIXELS = MAX_PHOTO_PIXELS
# By measure (make bench-media): WebP below method 4 takes half the time, and gives another picture at this quality.
# JPEG is for the few browsers without WebP: its finest packing would cost as much as all the reducing.
WEBP: Final[dict[str, Any]] = {"quality": 82, "method": 4}
JPEG_FALLBACK: Final[dict[str, Any]] = {"quality": 80}

READERS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)

Facts = dict[str, Any]


def read(path: Path, format: Format, out: Path) -> Facts:  # noqa: A002 - the field's word
    """Decode and write every rendition into `out`."""
    return draw(_decoded(path, format), out)


def fitted(width: int, height: int, size: int) -> tuple[int, int]:
    """The largest dimensions of this shape that are at most `size` wide and twice as high, never enlarged."""
    scale = min(1.0, size / width, 2 * size / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def draw(picture: Image.Image, out: Path) -> Facts:
    """Write the renditions, each made from the next larger one: a small picture has no large ones."""
    sizes = [size for size, smaller in zip(SIZES, (0, *SIZES), strict=False) if _differs(picture, size, smaller)]
    renditions = []
    shown = picture
    for size in reversed(sizes):
        shown = shown.resize(fitted(picture.width, picture.height, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
        shown.save(out / f"{size}.webp", "WEBP", **WEBP)
        shown.save(out / f"{size}.jpg", "JPEG", **JPEG_FALLBACK)
        for suffix, kind in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            renditions.append({"name": f"{size}.{suffix}", "type": kind, "width": shown.width})
    width, height = fitted(picture.width, picture.height, sizes[-1])
    return {"width": width, "height": height, "renditions": renditions[::-1]}


def _differs(picture: Image.Image, size: int, smaller: int) -> bool:
    own = (picture.width, picture.height)
    return not smaller or fitted(*own, size) != fitted(*own, smaller)


def _decoded(path: Path, format: Format) -> Image.Image:  # noqa: A002
    if format is HEIC:
        import pillow_heif

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        picture: Image.Image = Image.open(path, formats=(format.decoder,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Reason.TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError, EOFError) as error:
        raise Refused(Reason.BROKEN) from error
    if picture.width * picture.height > (MAX_PHOTO_PIXELS if format in (JPEG, HEIC) else MAX_PIXELS):
        raise Refused(Reason.TOO_LARGE)
    if min(picture.size) < MIN_SIDE:
        raise Refused(Reason.TOO_SMALL)
    try:
        picture.draft("RGB", _needed(picture))
        picture.load()
        return _flat(_upright(picture))
    except MemoryError:
        raise
    except Exception as error:  # decoders of hostile files raise nearly anything
        raise Refused(Reason.BROKEN) from error


def _needed(picture: Image.Image) -> tuple[int, int]:
    """The least that a decoder may give without any rendition being enlarged, whichever way up the picture is."""
    width, height = picture.size
    upright, turned = fitted(width, height, SIZES[-1]), fitted(height, width, SIZES[-1])[::-1]
    return turned if picture.getexif().get(0x0112, 1) in {5, 6, 7, 8} else upright


def _upright(picture: Image.Image) -> Image.Image:
    """Divided by a whole number while it stays larger than any rendition, then turned: each step copies it whole."""
    needed = _needed(picture)
    times = min(picture.width // needed[0], picture.height // needed[1])
    if times > 1 and picture.mode in {"L", "RGB", "RGBA", "CMYK"}:
        orientation = picture.getexif().get(0x0112, 1)
        profile = picture.info.get("icc_profile")
        picture = picture.reduce(times)
        picture.info = {"icc_profile": profile} if profile else {}
        picture.getexif()[0x0112] = orientation
    try:
        return ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, TypeError, KeyError, OverflowError):
        return picture  # an orientation that cannot be read turns nothing


def _flat(picture: Image.Image) -> Image.Image:
    """On white, in sRGB, with nothing but its pixels."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"P", "LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
    else:
        flat = picture if picture.mode == "CMYK" and profile else picture.convert("RGB")
    if profile:
        flat = _in_srgb(flat, profile)
    bare = Image.new("RGB", flat.size)
    bare.paste(flat.convert("RGB"))
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned: Any = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that cannot be read, or is of another mode, changes nothing
    return turned if turned is not None else picture
