"""A ZIP that is written part by part: nothing of it is held in memory, and each part is hashed as it goes by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_READABLE: Final = 0o644 << 16
BLOCK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the archive; `rows` of those that hold some."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


class Archive:
    """Opens in one folder. `at` is the date of every file in it, in the commune's time."""

    def __init__(self, out: IO[bytes], folder: str, at: datetime) -> None:
        self._zip = ZipFile(out, "w", allowZip64=True)
        self._folder, self._date = folder, at.timetuple()[:6]
        self.parts: list[Part] = []

    def write(self, name: str, blocks: Iterable[bytes], *, packed: bool = True) -> Part:
        """Add a file; `packed` where its bytes are not compressed already."""
        info = ZipInfo(f"{self._folder}/{name}", self._date)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = _READABLE
        size, digest = 0, sha256()
        with self._zip.open(info, "w", force_zip64=True) as file:
            for block in blocks:
                file.write(block)
                digest.update(block)
                size += len(block)
        part = Part(name, size, digest.hexdigest())
        self.parts.append(part)
        return part

    def close(self) -> None:
        self._zip.close()


def blocks_of(file: IO[bytes]) -> Iterable[bytes]:
    while block := file.read(BLOCK):
        yield block


def hashed(file: IO[bytes]) -> tuple[int, str]:
    """How long a file is and its SHA-256, from its beginning."""
    file.seek(0)
    size, digest = 0, sha256()
    for block in blocks_of(file):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return size, digest.hexdigest()
