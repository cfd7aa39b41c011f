"""What a file is, by its first bytes and by nothing else."""

from typing import Final, NamedTuple


class Format(NamedTuple):
    """`decoder` is the name that our readers know it by; `type` is what a browser calls it."""

    kind: str
    decoder: str
    type: str
    suffix: str


JPEG: Final = Format("picture", "JPEG", "image/jpeg", "jpg")
PNG: Final = Format("picture", "PNG", "image/png", "png")
WEBP: Final = Format("picture", "WEBP", "image/webp", "webp")
HEIC: Final = Format("picture", "HEIF", "image/heic", "heic")
PDF: Final = Format("document", "PDF", "application/pdf", "pdf")
MP4: Final = Format("video", "mov", "video/mp4", "mp4")
WEBM: Final = Format("video", "matroska", "video/webm", "webm")

FORMATS: Final = (JPEG, PNG, WEBP, HEIC, PDF, MP4, WEBM)
HEAD: Final = 32

_STARTS: Final = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF), (b"\x1a\x45\xdf\xa3", WEBM))
_PHOTO_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"heif"})
_VIDEO_BRANDS: Final = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso3",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"dash",
        b"qt  ",
    }
    | {b"3gp4", b"3gp5", b"3gp6", b"av01"}
)


def sniff(head: bytes) -> Format | None:
    """The format that these first bytes announce, None when it is not one of ours."""
    for start, known in _STARTS:
        if head.startswith(start):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return HEIC if brand in _PHOTO_BRANDS else MP4 if brand in _VIDEO_BRANDS else None
    return None
