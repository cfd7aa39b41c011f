"""Reading any HTML into lines: a browser's, Word's, or somebody's who means harm. One pass, whatever its nesting."""

import re
from dataclasses import dataclass
from typing import Final

from core.richtext.lines import BREAK, Line, Run, trimmed
from core.richtext.links import is_allowed
from core.richtext.tags import BLOCKS, HEADINGS, LISTS, MARKS, UNREAD
from core.richtext.tokens import tokens
from core.web.plain_text import printable

_DEEPEST: Final = 4
_MOST_MARKS: Final = 60
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_BOLD: Final = re.compile(r"(?<![-\w])font-weight:\s*(bold|bolder|[6-9]00)")
_THIN: Final = re.compile(r"(?<![-\w])font-weight:\s*(normal|lighter|[1-5]00)")
_ITALIC: Final = re.compile(r"(?<![-\w])font-style:\s*(italic|oblique)")
_WORD_LIST: Final = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_WORD_MARK: Final = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\(?[0-9a-z]{1,4}[.)°]", re.IGNORECASE)
_BULLET: Final = re.compile(r"^[·•▪◦§o\uf0b7\uf0a7-][ \N{NO-BREAK SPACE}]{1,40}")


def read(html: str) -> list[Line]:
    reader = _Reader()
    for token in tokens(html):
        if not token.tag:
            reader.say(token.text)
        elif token.closes:
            reader.close(token.tag)
        else:
            reader.open(token.tag, token.attributes)
    reader.end_line()
    return reader.lines


@dataclass(frozen=True, slots=True)
class _Mark:
    """How words look inside a tag; `is_words` are those that Word draws before an item."""

    tag: str = ""
    strong: bool = False
    em: bool = False
    href: str = ""
    is_words: bool = False


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.line = Line()
        self.lists: list[str] = []
        self.quotes = self.unread = 0
        self.starts = False
        self.marks = [_Mark()]
        self.drawn = ""

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in UNREAD:
            self.unread += 1
        elif self.unread:
            return
        elif tag == "br":
            self.line.runs.append(Run(BREAK))
        elif tag in LISTS:
            self.end_line()
            self.lists.append("ol" if tag == "ol" else "ul")
        elif tag == "li":
            self.end_line()
            self.starts = True
        elif tag == "blockquote":
            self.end_line()
            self.quotes += 1
        elif tag in BLOCKS:
            self._begin(tag, attributes)
        elif tag in MARKS and len(self.marks) < _MOST_MARKS:
            self.marks.append(self._marked(tag, attributes))

    def close(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif self.unread:
            return
        elif tag in LISTS:
            self.end_line()
            self.lists = self.lists[:-1]
        elif tag == "blockquote":
            self.end_line()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "li" or tag in BLOCKS:
            self.end_line()
        elif tag in MARKS:
            opened = [index for index, mark in enumerate(self.marks) if mark.tag == tag]
            del self.marks[opened[-1] if opened else len(self.marks) :]

    def say(self, data: str) -> None:
        text = _SPACES.sub(" ", printable(data))
        mark = self.marks[-1]
        if mark.is_words:
            self.drawn += text
        elif text and not self.unread:
            self.line.runs.append(Run(text, mark.strong and self.line.kind == "p", mark.em, mark.href))

    def end_line(self) -> None:
        line, self.line = self.line, Line()
        line.runs = trimmed(line.runs)
        if line.runs:
            self._place(line)
            self.lines.append(line)
        self.drawn = ""

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.end_line()
        self.line.kind = HEADINGS.get(tag, "p")
        found = _WORD_LIST.search(attributes.get("style", "").lower())
        if found:
            self.line.path = ("ul",) * max(1, int(found[1]))
        elif "MsoListParagraph" in attributes.get("class", ""):
            self.line.path = ("",)

    def _place(self, line: Line) -> None:
        """Where the line stands: what Word calls a paragraph may be an item."""
        line.quoted = self.quotes > 0
        if line.path == ("",):
            line.path = ("ul",) if (found := _BULLET.match(line.text)) else ()
            line.runs = trimmed(_without(line.runs, len(found[0]) if found else 0))
            line.starts = bool(line.path)
        elif line.path:
            kind = "ol" if _NUMBER.match(self.drawn.strip()) else "ul"
            line.path, line.starts = (*line.path[:-1], kind), True
        else:
            line.path, line.starts = tuple(self.lists), self.starts and bool(self.lists)
            self.starts = False
        line.path = line.path[:_DEEPEST]
        if line.path or line.quoted:
            line.kind = "p"

    def _marked(self, tag: str, attributes: dict[str, str]) -> _Mark:
        around, style = self.marks[-1], attributes.get("style", "").lower()
        strong = not _THIN.search(style) and (around.strong or tag in {"b", "strong"} or bool(_BOLD.search(style)))
        em = around.em or tag in {"i", "em"} or bool(_ITALIC.search(style))
        typed = attributes.get("href", "").strip()
        href = (typed if is_allowed(typed) else "") if tag == "a" else around.href
        return _Mark(tag, strong, em, href, around.is_words or bool(_WORD_MARK.search(style)))


def _without(runs: list[Run], left: int) -> list[Run]:
    """Runs less their first letters."""
    kept = []
    for run in runs:
        kept.append(Run(run.text[left:], run.strong, run.em, run.href))
        left = max(0, left - len(run.text))
    return [run for run in kept if run.text]
