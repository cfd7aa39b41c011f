"""HTML cut into tags and text in one pass, whatever it is: a parser that looks for an end anew each time takes hours
over what nobody closed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE: Final = re.compile(r"([^\s=/\"'>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_TAG: Final = 2000
# Until they are closed by name, nothing inside them is a tag.
_RAW: Final = re.compile(r"(?:script|style|title|textarea|xmp|iframe|noembed|noframes|noscript)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A text when `tag` is empty."""

    text: str = ""
    tag: str = ""
    closes: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[Token]:
    """Comments, declarations and Word's conditions are none, and neither is what stands in scripts and styles."""
    at, text = 0, []
    while (start := html.find("<", at)) >= 0:
        following = html[start + 1 : start + 2]
        if following not in {"!", "?", "/"} and not (following.isascii() and following.isalpha()):
            text.append(html[at : start + 1])
            at = start + 1
            continue
        text.append(html[at:start])
        tag, at = _tag(html, start)
        if tag is not None:
            yield Token(unescape("".join(text)))
            text = []
            yield tag
            if not tag.closes and _RAW.fullmatch(tag.tag):
                at = _end_of(tag.tag, html, at)
        if at < 0:
            break
    yield Token(unescape("".join([*text, html[at:] if at >= 0 else ""])))


def _tag(html: str, start: int) -> tuple[Token | None, int]:
    """The tag, None for what says nothing, and where it ends, -1 when nothing follows."""
    if html.startswith(("<!", "<?"), start):
        ending = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(ending, start + 2)
        return None, end + len(ending) if end >= 0 else -1
    found = _TAG.match(html, start, start + _LONGEST_TAG)
    if found is None:  # far too long, or a quotation mark that is not closed
        end = html.find(">", start)
        name = re.match(r"</?([a-zA-Z][^\s/>]{0,20})", html[start : start + 30])
        token = Token(tag=name[1].lower(), closes=html[start + 1] == "/") if name else None
        return token, end + 1 if end >= 0 else -1
    given = ((name.lower(), unescape(a or b or c)) for name, a, b, c in _ATTRIBUTE.findall(found[3]))
    return Token(tag=found[2].lower(), closes=bool(found[1]), attributes=dict(reversed(list(given)))), found.end()


def _end_of(tag: str, html: str, at: int) -> int:
    found = re.compile(rf"</{re.escape(tag)}", re.IGNORECASE).search(html, at)
    return found.start() if found else -1
