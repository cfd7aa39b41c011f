"""Reading WebM (RFC 8794, RFC 9559), as little as is needed: what is in it, and where its tags are."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from core.media.decoding.isobmff import Film
from core.media.decoding.refused import Reason, Refused

_MOST_ELEMENTS: Final = 200_000
_HEAD, _SEGMENT, _INFO, _TRACKS, _ENTRY, _PICTURE = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_DOCTYPE, _SCALE, _DURATION, _CODEC, _WIDTH, _HEIGHT = 0x4282, 0x2AD7B1, 0x4489, 0x86, 0xB0, 0xBA
_TAGS, _ATTACHMENTS, _CLUSTER, _TITLE = 0x1254C367, 0x1941A469, 0x1F43B675, 0x7BA9
_HOLDERS: Final = frozenset({_HEAD, _SEGMENT, _INFO, _TRACKS, _ENTRY, _PICTURE})
_VOID: Final = 0xEC
_CODECS: Final = {"V_VP8": "vp08", "V_VP9": "vp09", "V_AV1": "av01", "A_VORBIS": "vorbis", "A_OPUS": "Opus"}


def read(path: Path) -> Film:
    film, scale, length, kind = Film(), 1_000_000, 0.0, b""
    with path.open("rb") as file:
        for count, (name, start, body, end) in enumerate(_walk(file, 0, path.stat().st_size)):
            if count > _MOST_ELEMENTS:
                raise Refused(Reason.TOO_COSTLY)
            if name in {_TAGS, _ATTACHMENTS, _TITLE}:
                film.telling.append((start, end))
            if name not in {_DOCTYPE, _SCALE, _DURATION, _CODEC, _WIDTH, _HEIGHT}:
                continue
            file.seek(body)
            value = file.read(min(end - body, 64))
            if name == _DOCTYPE:
                kind = value.rstrip(b"\0")
            elif name == _SCALE:
                scale = int.from_bytes(value, "big")
            elif name == _DURATION and len(value) in {4, 8}:
                length = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
            elif name == _CODEC:
                _describe(film, value.rstrip(b"\0").decode("latin-1"))
            elif name == _WIDTH:
                film.width = int.from_bytes(value, "big")
            elif name == _HEIGHT:
                film.height = int.from_bytes(value, "big")
    if kind != b"webm":
        raise Refused(Reason.UNKNOWN)
    film.seconds = length * scale / 1e9
    if not film.video:
        raise Refused(Reason.NO_PICTURE)
    # A recording made in a browser has no duration: it is measured when it is transcoded.
    if not (film.seconds >= 0 and 0 < film.width <= 8192 and 0 < film.height <= 8192):
        raise Refused(Reason.BROKEN)
    return film


def hide(path: Path, film: Film) -> None:
    """Make tags and attachments void, keeping every length."""
    with path.open("r+b") as file:
        for start, end in film.telling:
            length = end - start
            size = length - 9
            head = bytes([_VOID, 0x01, *size.to_bytes(7, "big")]) if size >= 0 else bytes([_VOID, 0x80 | length - 2])
            file.seek(start)
            file.write(head + bytes(length - len(head)))


def _describe(film: Film, codec: str) -> None:
    if codec.startswith("V_") and not film.video:
        film.video = _CODECS.get(codec, codec)
        film.tracks.append(b"vide")
    elif codec.startswith("A_"):
        film.sound = film.sound or _CODECS.get(codec, codec)
        film.tracks.append(b"soun")


def _walk(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    while start < end:
        name, body = _number(file, start, keep_marker=True)
        size, body = _number(file, body)
        stop = end if size < 0 else body + size
        if stop > end:
            raise Refused(Reason.BROKEN)
        if size < 0 and name not in {_SEGMENT, _CLUSTER}:
            raise Refused(Reason.BROKEN)
        yield name, start, body, stop
        if name in _HOLDERS:
            yield from _walk(file, body, stop)
        start = stop


def _number(file: BinaryIO, start: int, *, keep_marker: bool = False) -> tuple[int, int]:
    """A variable-length number and where it ends; -1 is a length that is not known."""
    file.seek(start)
    data = file.read(8)
    width = 9 - data[0].bit_length() if data and data[0] else 0
    if not width or len(data) < width or (keep_marker and width > 4):
        raise Refused(Reason.BROKEN)
    value = int.from_bytes(data[:width], "big")
    if keep_marker:
        return value, start + width
    value &= (1 << 7 * width) - 1
    return (-1 if value == (1 << 7 * width) - 1 else value), start + width
