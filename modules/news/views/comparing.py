"""What differs between two versions, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from core.richtext.text import plain
from modules.news.models import Revision, Theme

_WORDS: Final = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
# Beyond, comparing word by word would take long: the paragraph is shown as replaced.
_MOST_WORDS: Final = 1500


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: the same in both, only in the former, or only in the latter."""

    text: str
    kind: str = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def differences(before: Revision, after: Revision) -> list[Difference]:
    """The parts that are not the same, in the order of the form."""
    found = []
    for label, told in (
        ("Titre", lambda each: each.title),
        ("Résumé", lambda each: each.summary),
        ("Texte", lambda each: plain(each.body, links=True)),
        ("Thème", lambda each: Theme(each.theme).label),
        ("Secteurs", lambda each: ", ".join(area["name"] for area in each.areas) or "Toute la commune"),
        ("Fichiers", lambda each: "\n".join(_file(file) for file in each.files)),
        ("Vidéo d’un autre site", lambda each: each.video),
    ):
        old, new = told(before), told(after)
        if old != new:
            found.append(Difference(label, tuple(tuple(line) for line in _lines(old, new))))
    return found


def _file(noted: dict[str, Any]) -> str:
    said = " · ".join(noted[name] for name in ("alt", "caption") if noted.get(name))
    return f"{noted['name']} ({said})" if said else str(noted["name"])


def _lines(old: str, new: str) -> Iterator[list[Piece]]:
    """By paragraphs first, then by words inside those that changed."""
    before, after = old.split("\n"), new.split("\n")
    for kind, left, right, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            yield from ([Piece(line)] for line in before[left:right] if line)
        else:
            yield _words("\n".join(before[left:right]), "\n".join(after[first:last]))


def _words(old: str, new: str) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return [Piece(old, "gone"), Piece(new, "new")]
    pieces = []
    for kind, left, right, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(before[left:right])))
        else:
            pieces += [Piece("".join(before[left:right]), "gone"), Piece("".join(after[first:last]), "new")]
    return [piece for piece in pieces if piece.text]
