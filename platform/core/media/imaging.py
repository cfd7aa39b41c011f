"""From whatever was uploaded to pictures that are safe to serve. No database here."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MIN_SIDE: Final = 64
SIZES: Final = (640, 1280)
ACCEPTED: Final = ("JPEG", "PNG", "WEBP")

_TOO_HEAVY = _("Cette image est trop lourde : 8 Mo au plus.")
_EMPTY = _("Ce fichier est vide.")
_NOT_A_PICTURE = _("Ce fichier n’est pas une image que nous savons lire. Choisissez un fichier JPEG, PNG ou WebP.")
_TOO_LARGE = _("Cette image est trop grande : 40 millions de pixels au plus.")
_TOO_SMALL = _("Cette image est trop petite : 64 pixels de côté au moins.")
_BROKEN = _("Cette image est abîmée et ne peut pas être lue en entier. Choisissez-en une autre copie.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be stored: `files` maps `<size>.<suffix>` to bytes."""

    width: int
    height: int
    files: dict[str, bytes]


def prepare(upload: IO[bytes]) -> Prepared:
    """Check, turn upright, reduce and encode a picture. Raises ValidationError with a sentence for its author."""
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise ValidationError(_EMPTY, code="empty")
    if len(data) > MAX_BYTES:
        raise ValidationError(_TOO_HEAVY, code="too_heavy")
    picture = _decoded(data)
    small, large = (_reduced(picture, size) for size in SIZES)
    files = _encoded(small, SIZES[0])
    if large.size != small.size:
        files |= _encoded(large, SIZES[1])
    return Prepared(large.width, large.height, files)


def fitted(width: int, height: int, size: int) -> tuple[int, int]:
    """The largest dimensions of this shape that are at most `size` wide and twice as high, never enlarged."""
    scale = min(1.0, size / width, 2 * size / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _decoded(data: bytes) -> Image.Image:
    try:
        picture: Image.Image = Image.open(BytesIO(data), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_TOO_LARGE, code="too_large") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_NOT_A_PICTURE, code="not_a_picture") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(_TOO_LARGE, code="too_large")
    if min(picture.size) < MIN_SIDE:
        raise ValidationError(_TOO_SMALL, code="too_small")
    try:
        picture.draft("RGB", (2 * SIZES[-1], 2 * SIZES[-1]))
        picture.load()
        return _flat(ImageOps.exif_transpose(_halved(picture)))
    except Exception as error:  # decoders of hostile files raise nearly anything
        raise ValidationError(_BROKEN, code="broken") from error


def _halved(picture: Image.Image) -> Image.Image:
    """A large picture divided by a whole number, still larger than any rendition: each later step copies it whole."""
    times = min(picture.size) // (2 * SIZES[-1])
    return picture.reduce(times) if times > 1 and picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture


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
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned: Any = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that cannot be read, or is of another mode, changes nothing
    return turned if turned is not None else picture


def _reduced(picture: Image.Image, size: int) -> Image.Image:
    return picture.resize(fitted(picture.width, picture.height, size), Image.Resampling.LANCZOS, reducing_gap=3)


def _encoded(picture: Image.Image, size: int) -> dict[str, bytes]:
    webp, jpeg = BytesIO(), BytesIO()
    picture.save(webp, "WEBP", quality=78, method=4)
    picture.save(jpeg, "JPEG", quality=80, optimize=True, progressive=True)
    return {f"{size}.webp": webp.getvalue(), f"{size}.jpg": jpeg.getvalue()}
