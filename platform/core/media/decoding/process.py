"""Django's side: have a file read by a child, and believe nothing it does not say in order."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.media.decoding.limits import READING, TRANSCODING, Budget
from core.media.decoding.magic import FORMATS, Format
from core.media.decoding.refused import Reason, Refused

logger = logging.getLogger(__name__)
PROGRAM = ("-m", "core.media.decoding")


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file to serve: where the child wrote it, what it is, how wide (0 when it has no width)."""

    name: str
    type: str
    width: int
    path: Path


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the child found; `peak` (bytes) and `cpu` (seconds) are what it took."""

    format: Format
    width: int
    height: int
    renditions: tuple[Rendition, ...]
    pages: int = 0
    has_text: bool = False
    duration: float = 0
    peak: int = 0
    cpu: float = field(default=0, compare=False)


@contextmanager
def private_folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="media-") as name:
        yield Path(name)


@cache
def ffmpeg() -> str:
    """The machine's ffmpeg, else the one of the package `imageio-ffmpeg`, else empty."""
    if found := shutil.which("ffmpeg"):
        return found
    if find_spec("imageio_ffmpeg") is None:
        return ""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def decode(path: Path, out: Path, kinds: Collection[str]) -> Decoded:
    """Read a file of one of these kinds, its renditions into `out`. A video is judged, not transcoded; in its file,
    which must be ours, what says where it was filmed is emptied. Raises Refused."""
    return _told(_run("read", path, out, kinds, READING), out)


def transcode(path: Path, out: Path) -> Decoded:
    """A video that every browser plays, with its poster, into `out`. Raises Refused."""
    return _told(_run("transcode", path, out, ["video"], TRANSCODING), out)


def _run(order: str, path: Path, out: Path, kinds: Collection[str], budget: Budget) -> dict[str, Any]:
    arguments = [order, str(path), str(out), ",".join(sorted(kinds)), ffmpeg()]
    command = [sys.executable, "-I", *PROGRAM, *arguments]
    child = subprocess.Popen(  # noqa: S603 - our own program; the file is an argument, never a command
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=out,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "TMPDIR": str(out)},
        start_new_session=True,
    )
    try:
        said, _none = child.communicate(timeout=budget.wall)
    except BaseException as error:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise Refused(Reason.TOO_COSTLY) from error
        raise
    if child.returncode < 0:
        logger.warning("a file was refused: its reader ended by signal %s", -child.returncode)
        raise Refused(Reason.TOO_COSTLY)
    if child.returncode:
        logger.warning("a file was refused: its reader ended with %s", child.returncode)
        raise Refused(Reason.BROKEN)
    told: dict[str, Any] = json.loads(said)
    return told


def _told(told: dict[str, Any], out: Path) -> Decoded:
    if "refused" in told:
        raise Refused(Reason(told["refused"]))
    format_ = next(each for each in FORMATS if each.decoder == told["format"])
    renditions = tuple(
        Rendition(str(each["name"]), str(each["type"]), int(each["width"]), out / Path(str(each["name"])).name)
        for each in told["renditions"]
    )
    return Decoded(
        format=format_,
        width=int(told["width"]),
        height=int(told["height"]),
        renditions=renditions,
        pages=int(told.get("pages", 0)),
        has_text=bool(told.get("has_text", False)),
        duration=float(told.get("duration", 0)),
        peak=int(told["cost"]["peak"]),
        cpu=float(told["cost"]["cpu"]),
    )
