"""What a formatted text is made of: lines, each a paragraph, a heading, or a part of an item of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Final

BLANK: Final = " \t\n\r\f\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
BREAK: Final = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; a line break is a run of its own."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    @property
    def html(self) -> str:
        if self.text == BREAK:
            return "<br>"
        text = escape(self.text, quote=False)
        text = f"<em>{text}</em>" if self.em else text
        text = f"<strong>{text}</strong>" if self.strong else text
        return f'<a href="{escape(self.href)}">{text}</a>' if self.href else text


@dataclass(slots=True)
class Line:
    """`path` names the lists that it is in, outermost first; `starts` is whether it begins an item of the last."""

    kind: str = "p"
    path: tuple[str, ...] = ()
    quoted: bool = False
    starts: bool = False
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def html(self) -> str:
        return "".join(run.html for run in self.runs)


def trimmed(runs: list[Run]) -> list[Run]:
    """Runs with one space between words, none at the ends, and no break where nothing follows or precedes."""
    kept: list[Run] = []
    for run in _joined(runs):
        before = kept[-1].text[-1:] if kept else BREAK
        if run.text == BREAK:
            if before != BREAK:
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
                kept.append(run)
            continue
        text = run.text.lstrip(BLANK if before == BREAK else " " if before == " " else "")
        if text:
            kept.append(replace(run, text=text))
    return _ended(kept)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Those that look the same as one."""
    for _look, group in groupby(runs, lambda run: (run.text == BREAK, run.strong, run.em, run.href)):
        alike = list(group)
        text = BREAK if alike[0].text == BREAK else re.sub(" {2,}", " ", "".join(run.text for run in alike))
        yield replace(alike[0], text=text)


def _ended(runs: list[Run]) -> list[Run]:
    while runs:
        last = runs.pop()
        text = "" if last.text == BREAK else last.text.rstrip(BLANK)
        if text:
            return [*runs, replace(last, text=text)]
    return runs


def nested(lines: list[Line]) -> list[Line]:
    """The same lines, no list deeper by more than one than what is above it."""
    above = 0
    for line in lines:
        if len(line.path) > above + 1:
            line.path = line.path[: above + 1]
            line.starts = True
        above = len(line.path)
    return lines


def to_html(lines: list[Line]) -> str:
    parts = []
    for quoted, group in groupby(nested(lines), lambda line: line.quoted):
        html = _blocks(list(group), 0)
        parts.append(f"<blockquote>{html}</blockquote>" if quoted else html)
    return "".join(parts)


def _blocks(lines: list[Line], depth: int) -> str:
    parts = []
    for kind, group in groupby(lines, lambda line: line.path[depth] if len(line.path) > depth else ""):
        found = list(group)
        if kind:
            items = "".join(f"<li>{_item(item, depth + 1)}</li>" for item in _items(found, depth + 1))
            parts.append(f"<{kind}>{items}</{kind}>")
        else:
            parts += [f"<{line.kind}>{line.html}</{line.kind}>" for line in found]
    return "".join(parts)


def _items(lines: list[Line], depth: int) -> list[list[Line]]:
    items: list[list[Line]] = []
    for line in lines:
        if not items or (line.starts and len(line.path) == depth):
            items.append([])
        items[-1].append(line)
    return items


def _item(lines: list[Line], depth: int) -> str:
    own = [line for line in lines if len(line.path) == depth]
    if len(own) == 1 and lines[0] is own[0]:
        return own[0].html + _blocks(lines[1:], depth)
    return _blocks(lines, depth)
