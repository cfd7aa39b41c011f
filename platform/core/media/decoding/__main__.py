"""The child: takes its order as arguments, limits itself, and only then imports what reads files.

`python -I -m core.media.decoding read|transcode <file> <output folder> <kinds> <ffmpeg or empty>` writes one line of
JSON: facts, or the reason of a refusal.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from core.media.decoding.limits import MAX_BYTES, OPEN_FILES, READING, TRANSCODING, Budget
from core.media.decoding.magic import HEAD, Format, sniff
from core.media.decoding.refused import Reason, Refused


def limit(budget: Budget) -> None:
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, budget.file),
        (resource.RLIMIT_CPU, budget.cpu),
        (resource.RLIMIT_AS, budget.memory),
    ):
        _soft, hard = resource.getrlimit(what)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (most, most))


def judge(path: Path, kinds: frozenset[str]) -> Format:
    """What the file is, when it is one of these kinds and not too heavy for it."""
    size = path.stat().st_size
    if not size:
        raise Refused(Reason.EMPTY)
    with path.open("rb") as file:
        found = sniff(file.read(HEAD))
    if found is None or found.kind not in kinds:
        raise Refused(Reason.UNKNOWN)
    if size > MAX_BYTES[found.kind]:
        raise Refused(Reason.TOO_HEAVY)
    return found


def read(path: Path, found: Format, out: Path, ffmpeg: str) -> dict[str, Any]:
    if found.kind == "picture":
        from core.media.decoding import pictures

        return pictures.read(path, found, out)
    if found.kind == "document":
        from core.media.decoding import documents

        return documents.read(path, out)
    from core.media.decoding import videos

    return videos.read(path, found, transcoded=bool(ffmpeg))


def answer(order: str, path: Path, out: Path, kinds: frozenset[str], ffmpeg: str) -> dict[str, Any]:
    try:
        found = judge(path, kinds)
        if order == "transcode":
            from core.media.decoding import videos

            facts = videos.transcode(path, found, out, ffmpeg)
        else:
            facts = read(path, found, out, ffmpeg)
    except Refused as refusal:
        return {"refused": refusal.reason.value}
    except MemoryError:
        return {"refused": Reason.TOO_COSTLY.value}
    return {"format": found.decoder, **facts}


def cost() -> dict[str, float]:
    """Peak bytes of memory and seconds of CPU. `ru_maxrss` would count the parent, whose memory it began in."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"peak": peak, "cpu": sum(each.ru_utime + each.ru_stime for each in used)}


def main(order: str, path: str, out: str, kinds: str, ffmpeg: str = "") -> None:
    limit(TRANSCODING if order == "transcode" else READING)
    told = answer(order, Path(path), Path(out), frozenset(kinds.split(",")), ffmpeg)
    sys.stdout.write(json.dumps(told | {"cost": cost()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
