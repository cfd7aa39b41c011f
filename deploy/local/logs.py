"""The end of a log, for whoever must know why a program stopped."""

from pathlib import Path


def tail(path: Path, lines: int = 15) -> str:
    try:
        text = path.read_bytes()[-16_000:].decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])
