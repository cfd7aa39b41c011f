"""What our faces can print: a document for archives holds no letter without a drawing, so the nearest stands for it."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

_FONTS: Final = Path(__file__).parent / "fonts"
_NEAREST: Final = {"ʻ": "’", "ʼ": "’", "ʿ": "’", "‛": "’", "‐": "-", "‑": "-", "‒": "-", "―": "—", "\u2007": "\u00a0"}
_LATIN: Final = re.compile(r"LATIN (CAPITAL|SMALL) LETTER ([A-Z])( WITH .*)?")
_NO_DRAWING: Final = frozenset("\n\t\u00ad\u200b")  # they cut lines
UNKNOWN: Final = "?"


def printable(said: Any) -> Any:
    """The same, in letters that the face of texts has, which also helps out that of titles."""
    if isinstance(said, str):
        return said if _all_known(said) else "".join(map(_drawn, unicodedata.normalize("NFC", said)))
    if isinstance(said, dict):
        return {name: printable(each) for name, each in said.items()}
    return [printable(each) for each in said] if isinstance(said, list | tuple) else said


def _all_known(text: str) -> bool:
    return known().issuperset(text)


@cache
def _drawn(letter: str) -> str:
    """« Ł » is L, « ắ » is a; a picture is a question mark; a sign that only joins or commands is nothing."""
    if letter in known():
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cc", "Cf"):
        return ""
    if latin := _LATIN.fullmatch(unicodedata.name(letter, "")):
        return latin[2] if latin[1] == "CAPITAL" else latin[2].lower()
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(map(_drawn, apart)) if apart != letter else UNKNOWN


@cache
def known() -> frozenset[str]:
    """What the face of texts has, in each weight."""
    faces = [_characters(path.read_bytes()) for path in sorted(_FONTS.glob("atkinson-*.ttf"))]
    return frozenset.intersection(*faces) | _NO_DRAWING


def _characters(face: bytes) -> frozenset[str]:
    """Of the table `cmap` of a TrueType file, in its format 4: segments of characters, each with its first and last."""
    tables = {
        face[at : at + 4]: struct.unpack(">I", face[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", face[4:6])[0], 16)
    }
    start = tables[b"cmap"]
    for each in range(struct.unpack(">H", face[start + 2 : start + 4])[0]):
        (offset,) = struct.unpack(">I", face[start + 8 + 8 * each : start + 12 + 8 * each])
        if struct.unpack(">H", face[start + offset : start + offset + 2])[0] == 4:
            return _segments(face[start + offset :])
    raise ValueError("no table of characters in format 4")


def _segments(table: bytes) -> frozenset[str]:
    (twice,) = struct.unpack(">H", table[6:8])
    count = twice // 2

    def row(rank: int) -> tuple[int, ...]:
        begin = 14 + rank * twice + (2 if rank else 0)
        return struct.unpack(f">{count}H", table[begin : begin + twice])

    lasts, firsts = row(0), row(1)
    return frozenset(
        chr(code) for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1) if code < 0xFFFF
    )
