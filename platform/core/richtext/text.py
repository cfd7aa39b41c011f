"""Formatted text as plain text, and back."""

import re
from html import escape
from typing import Final

from core.richtext.cleaning import LONGEST, cleaned
from core.richtext.lines import Line, Run, nested, to_html, trimmed
from core.richtext.reading import read
from core.web.plain_text import many_lines

_BULLET: Final = re.compile(r"[-*•–][ \t\N{NO-BREAK SPACE}]+")
_NUMBER: Final = re.compile(r"[0-9]{1,3}[.)][ \t\N{NO-BREAK SPACE}]+")
_INDENT: Final = "  "


def plain(html: str, *, links: bool = False) -> str:
    """Its words: a blank line between paragraphs, a hyphen or a number before an item. `links` writes after each where
    it leads."""
    parts: list[str] = []
    counts: dict[int, tuple[str, int]] = {}
    listed = False
    for line in nested(read(html[:LONGEST])):
        if parts:
            parts.append("\n" if listed and line.path else "\n\n")
        parts.append(_before(line, counts) + _words(line, links))
        listed = bool(line.path)
        if not listed:
            counts.clear()
    return "".join(parts)


def _before(line: Line, counts: dict[int, tuple[str, int]]) -> str:
    depth = len(line.path)
    for deeper in [each for each in counts if each > depth]:
        del counts[deeper]
    if not depth:
        return ""
    if not line.starts:
        return _INDENT * depth
    kind, last = counts.get(depth, ("", 0))
    counts[depth] = (line.path[-1], last + 1 if kind == line.path[-1] else 1)
    return _INDENT * (depth - 1) + (f"{counts[depth][1]}. " if line.path[-1] == "ol" else "- ")


def _words(line: Line, links: bool) -> str:
    if not links:
        return line.text
    return "".join(f"{run.text} ({run.href})" if run.href and run.href != run.text else run.text for run in line.runs)


def from_plain(text: str) -> str:
    """Its paragraphs and lists as HTML: a blank line parts paragraphs, a hyphen or a number begins an item."""
    lines: list[Line] = []
    for block in re.split(r"\n[ \t]*\n", many_lines(text)):
        joined = False
        for each in block.split("\n"):
            words = each.strip()
            kind = "ul" if _BULLET.match(words) else "ol" if _NUMBER.match(words) else ""
            if kind:
                words = (_BULLET if kind == "ul" else _NUMBER).sub("", words, count=1)
                lines.append(Line(path=(kind,), starts=True, runs=[Run(words)]))
            elif joined:
                lines[-1].runs += [Run("\n"), Run(words)]
            else:
                lines.append(Line(runs=[Run(words)]))
            joined = True
    for line in lines:
        line.runs = trimmed(line.runs)
    return cleaned(to_html([line for line in lines if line.runs]))


def is_same(html: str, text: str) -> bool:
    """Whether a text that was shown as plain came back as it was."""
    return _compared(plain(html)) == _compared(text)


def _compared(text: str) -> list[str]:
    return many_lines(escape(text)).split()
