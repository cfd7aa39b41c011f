"""A video: judged by its container, then transcoded where there is an ffmpeg."""

import subprocess
from pathlib import Path
from typing import Any, Final

from core.media.decoding import ebml, isobmff
from core.media.decoding.limits import MAX_SECONDS
from core.media.decoding.magic import WEBM, Format
from core.media.decoding.refused import Reason, Refused

# What the browsers of the last five years play without a word.
_PLAYED: Final = frozenset({"avc1", "avc3", "vp08", "vp09", "av01"})
_HEARD: Final = frozenset({"", "mp4a", "Opus", "vorbis"})
_QUIET: Final = ("-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file")
_BARE: Final = ("-map_metadata", "-1", "-map_chapters", "-1", "-dn", "-sn")
_LIGHT: Final = "scale='min(1280,iw)':'min(1280,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"


def read(path: Path, format: Format, *, transcoded: bool) -> dict[str, Any]:  # noqa: A002
    """Facts about it; what says where it was filmed is emptied in the file. Refused when it is not to be
    `transcoded` and browsers would not play it."""
    container = ebml if format is WEBM else isobmff
    film = container.read(path)
    if film.seconds > MAX_SECONDS:
        raise Refused(Reason.TOO_LONG)
    if not transcoded:
        if film.video not in _PLAYED or film.sound not in _HEARD:
            raise Refused(Reason.NOT_PLAYED)
        if film.is_tracked:
            raise Refused(Reason.TRACKED)
    container.hide(path, film)
    return {"width": film.width, "height": film.height, "duration": round(film.seconds, 3), "renditions": []}


def transcode(path: Path, format: Format, out: Path, ffmpeg: str) -> dict[str, Any]:  # noqa: A002
    """H.264 and AAC in an MP4 that starts at once, and a poster. Of the first picture and sound only, and no words."""
    from PIL import Image

    from core.media.decoding.pictures import draw

    source = (*_QUIET, "-f", format.decoder, "-i", str(path))
    video = out / "video.mp4"
    _run(ffmpeg, *source, "-map", "0:v:0", "-map", "0:a:0?", *_BARE, "-t", str(MAX_SECONDS), "-vf", _LIGHT,
         "-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-pix_fmt", "yuv420p", "-threads", "2",
         "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-movflags", "+faststart", "-y", str(video))  # fmt: skip
    film = isobmff.read(video)
    still = out / "still.png"
    moment = min(1.0, film.seconds / 2)
    _run(ffmpeg, *_QUIET, "-ss", f"{moment:.2f}", "-f", "mov", "-i", str(video), "-frames:v", "1", "-y", str(still))
    with Image.open(still, formats=("PNG",)) as picture:
        facts = draw(picture.convert("RGB"), out)
    still.unlink()
    main = {"name": "video.mp4", "type": "video/mp4", "width": film.width}
    return {
        "width": film.width,
        "height": film.height,
        "duration": round(film.seconds, 3),
        "renditions": [main, *facts["renditions"]],
    }


def _run(*command: str) -> None:
    """Under this process's own limits, which a child inherits."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    if done.returncode < 0:
        raise Refused(Reason.TOO_COSTLY)
    if done.returncode:
        raise Refused(Reason.BROKEN)
