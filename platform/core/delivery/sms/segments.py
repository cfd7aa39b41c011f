"""What a text weighs as SMS: 3GPP TS 23.038 (alphabets) and 23.040 (texts of several segments)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà" + _LETTERS + _LETTERS.lower()
)
# Each is written with an escape before it.
EXTENSION = frozenset("\f^{}\\[~]|€")

# What French is printed with and GSM-7 lacks; the reader loses nothing.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\t", " "),
        **dict.fromkeys("\u200b\u200d\ufeff\u00ad", ""),
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "•": "-",
        "·": ".",
        "№": "N.",
    }
)
_QUOTES = (("«\u00a0", '"'), ("«\u202f", '"'), ("« ", '"'), ("\u00a0»", '"'), ("\u202f»", '"'), (" »", '"'))


class Encoding(StrEnum):
    GSM_7 = "gsm7"
    UCS_2 = "ucs2"


# How many units one segment holds, alone and as a part of several.
ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Segments:
    """`units` are septets, or 16-bit units; `count` is what providers bill."""

    encoding: Encoding
    units: int
    count: int


def segments(text: str) -> Segments:
    """What this text weighs, sent as it is. An empty one is none."""
    encoding = Encoding.GSM_7 if set(text) <= BASIC | EXTENSION else Encoding.UCS_2
    sizes = [_size(letter, encoding) for letter in text]
    alone, part = ROOM[encoding]
    units = sum(sizes)
    count = (1 if units else 0) if units <= alone else _parts(sizes, part)
    return Segments(encoding, units, count)


def economical(text: str) -> str:
    """The text that takes fewest segments, changed no more than that needs: as it is, with plain quotes, dashes and
    spaces, or without the accents that GSM-7 lacks (ê becomes e, ç becomes c; é, è, à and ù stay)."""
    printed = _plain_typography(text)
    return min((text, printed, _plain_letters(printed)), key=lambda each: segments(each).count)


def _size(letter: str, encoding: Encoding) -> int:
    """A letter of two units is never cut in two."""
    return 2 if (letter in EXTENSION if encoding is Encoding.GSM_7 else ord(letter) > 0xFFFF) else 1


def _parts(sizes: Iterable[int], room: int) -> int:
    count, left = 0, 0
    for size in sizes:
        if size > left:
            count, left = count + 1, room
        left -= size
    return count


def _plain_typography(text: str) -> str:
    for printed, plain in _QUOTES:
        text = text.replace(printed, plain)
    return text.replace("«", '"').replace("»", '"').translate(_TYPOGRAPHY)


def _plain_letters(text: str) -> str:
    return "".join(_bare(letter) for letter in unicodedata.normalize("NFC", text))


def _bare(letter: str) -> str:
    if letter in BASIC or letter in EXTENSION:
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
