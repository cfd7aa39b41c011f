"""From a file that somebody sent to one that may be stored: copied where only we read, weighed, and decoded."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from core.media.decoding.limits import MAX_BYTES
from core.media.decoding.process import Decoded, decode, private_folder
from core.media.decoding.refused import Reason, Refused
from core.media.refusals import refusal

KINDS: Final = ("picture", "document", "video")
_BLOCK: Final = 1024 * 1024


class Readable(Protocol):
    """All that is asked of a file that somebody sent."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was accepted. `files` are what to store, by name: in memory, or in a folder that goes with the
    `with` that gave it."""

    decoded: Decoded
    files: dict[str, bytes | Path]
    name: str
    content_hash: str

    @property
    def weight(self) -> int:
        return sum(len(each) if isinstance(each, bytes) else each.stat().st_size for each in self.files.values())


@contextmanager
def receive(file: Readable | IO[bytes], kinds: Collection[str] = KINDS, name: str = "") -> Iterator[Received]:
    """Judge a file by its content. Raises ValidationError with a sentence for whoever sent it."""
    with private_folder() as folder:
        source, out = folder / "file", folder / "out"
        out.mkdir()
        try:
            content_hash = _copied(file, source, max(MAX_BYTES[kind] for kind in kinds))
            decoded = decode(source, out, kinds)
        except Refused as refused:
            raise refusal(refused.reason, kinds) from refused
        files: dict[str, bytes | Path] = {each.name: each.path for each in decoded.renditions}
        if decoded.format.kind != "picture":
            files = {main_name(decoded): source, **files}
        yield Received(decoded, files, plain_name(name or str(getattr(file, "name", "") or "")), content_hash)


def receive_picture(file: Readable | IO[bytes], name: str = "") -> Received:
    """A picture, in memory: it may be stored later, and elsewhere."""
    with receive(file, ["picture"], name) as received:
        files: dict[str, bytes | Path] = {
            key: each.read_bytes() for key, each in received.files.items() if isinstance(each, Path)
        }
        return replace(received, files=files)


def main_name(decoded: Decoded) -> str:
    """What the document or video itself is stored as; a video to be transcoded is another until it is."""
    return f"{decoded.format.kind}.{decoded.format.suffix}"


def plain_name(name: str) -> str:
    """What a person called the file, as words to show and to save under: no folder, no sign that acts."""
    last = PurePosixPath(name.replace("\\", "/")).name
    words = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*;%').strip(". ")
    stem, dot, suffix = words.rpartition(".")
    return f"{stem[:130]}{dot}{suffix[:19]}" if dot else words[:150]


def _copied(file: Readable | IO[bytes], target: Path, most: int) -> str:
    digest, size = sha256(), 0
    with target.open("wb") as copy:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > most:
                raise Refused(Reason.TOO_HEAVY)
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()
