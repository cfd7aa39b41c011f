"""Pictures drawn for the tests, sound and hostile."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SECRET = "12 rue Cachée"


def drawn(
    size: tuple[int, int] = (800, 600), mode: str = "RGB", kind: str = "JPEG", colour: Any = None, **options: Any
) -> bytes:
    """A plain picture with one stroke; `options` are those of Pillow's `save`."""
    picture = Image.new(mode, size, colour)
    if mode in {"RGB", "L"}:
        ImageDraw.Draw(picture).line((0, 0, *size), fill="white", width=9)
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def with_exif(orientation: int = 1, size: tuple[int, int] = (800, 600), kind: str = "JPEG") -> bytes:
    """A photograph that says where it was taken, and which way up it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 43.0, 40.0), 3: "E", 4: (7.0, 21.0, 42.0)})
    return drawn(size, kind=kind, exif=exif.tobytes(), comment=SECRET.encode())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces these dimensions."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 4096)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")
