"""Reading MP4 and its kin (ISO/IEC 14496-12), as little as is needed: what is in it, and where it says where."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from core.media.decoding.refused import Reason, Refused

_MOST_BOXES: Final = 20_000
_MOST_HEADER: Final = 64 * 1024 * 1024
_HOLDERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"mvex", b"edts", b"dinf"})
# What names places, people and machines: free text, tags, and Adobe's packets.
_TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
_HARMLESS_TRACKS: Final = frozenset({b"vide", b"soun", b"tmcd", b"hint"})


@dataclass(frozen=True, slots=True)
class Box:
    name: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class Film:
    """What a container holds; `telling` are the places of boxes that may say where it was filmed."""

    seconds: float = 0
    width: int = 0
    height: int = 0
    video: str = ""
    sound: str = ""
    tracks: list[bytes] = field(default_factory=list)
    telling: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_tracked(self) -> bool:
        """Whether it has a track of measures, as action cameras write their position."""
        return any(kind not in _HARMLESS_TRACKS for kind in self.tracks)


def read(path: Path) -> Film:
    """Raises Refused when boxes do not tile the file exactly, or no film is in it."""
    film = Film()
    with path.open("rb") as file:
        size = path.stat().st_size
        for count, (box, inside) in enumerate(_walk(file, 0, size, b"")):
            if count > _MOST_BOXES:
                raise Refused(Reason.TOO_COSTLY)
            _note(film, file, box, inside)
    if not film.video:
        raise Refused(Reason.NO_PICTURE)
    if not (film.seconds > 0 and 0 < film.width <= 8192 and 0 < film.height <= 8192):
        raise Refused(Reason.BROKEN)
    return film


def hide(path: Path, film: Film) -> None:
    """Empty what tells where, keeping every length: samples are found by their place in the file."""
    with path.open("r+b") as file:
        for start, end in film.telling:
            file.seek(start + 4)
            file.write(b"free")
            file.seek(start + 8)
            if end - start > _MOST_HEADER:
                raise Refused(Reason.BROKEN)
            file.write(bytes(end - start - 8))


def _walk(file: BinaryIO, start: int, end: int, inside: bytes) -> Iterator[tuple[Box, bytes]]:
    while start < end:
        box = _box(file, start, end)
        yield box, inside
        if box.name in _HOLDERS and len(inside) < 4 * 8:
            yield from _walk(file, box.body, box.end, inside + box.name)
        start = box.end


def _box(file: BinaryIO, start: int, end: int) -> Box:
    file.seek(start)
    head = file.read(16)
    if len(head) < 8:
        raise Refused(Reason.BROKEN)
    size, name = struct.unpack(">I4s", head[:8])
    body = start + 8
    if size == 1:
        if len(head) < 16:
            raise Refused(Reason.BROKEN)
        (size,) = struct.unpack(">Q", head[8:16])
        body = start + 16
    elif size == 0:
        size = end - start
    if start + size > end or start + size < body:
        raise Refused(Reason.BROKEN)
    return Box(name, start, body, start + size)


def _note(film: Film, file: BinaryIO, box: Box, inside: bytes) -> None:
    if box.name in _TELLING:
        if box.body - box.start != 8:
            raise Refused(Reason.BROKEN)
        film.telling.append((box.start, box.end))
    elif box.name == b"mvhd" and inside == b"moov":
        film.seconds = _seconds(_bytes(file, box))
    elif box.name == b"hdlr" and inside.endswith(b"trakmdia"):
        film.tracks.append(_bytes(file, box)[8:12])
    elif box.name == b"stsd" and inside.endswith(b"stbl") and film.tracks:
        _describe(film, _bytes(file, box))


def _bytes(file: BinaryIO, box: Box) -> bytes:
    file.seek(box.body)
    data = file.read(min(box.end - box.body, 4096))
    if len(data) < 20:
        raise Refused(Reason.BROKEN)
    return data


def _seconds(header: bytes) -> float:
    scale, length = struct.unpack(">IQ", header[20:32]) if header[0] == 1 else struct.unpack(">II", header[12:20])
    if not scale:
        raise Refused(Reason.BROKEN)
    return float(length) / float(scale)


def _describe(film: Film, table: bytes) -> None:
    """The first sample entry of the track whose handler came just before."""
    codec = table[12:16].decode("latin-1")
    if film.tracks[-1] == b"vide" and not film.video:
        if len(table) < 44:
            raise Refused(Reason.BROKEN)
        film.video = codec
        film.width, film.height = struct.unpack(">HH", table[40:44])
    elif film.tracks[-1] == b"soun" and not film.sound:
        film.sound = codec
