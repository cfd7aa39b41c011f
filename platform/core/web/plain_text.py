"""Text that people type: what is kept of it, and how it is shown."""

from unicodedata import category

from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

# Control characters and halves of surrogate pairs; the two others are no characters at all. XML, and so the feeds,
# has no way to write any of them.
_UNWRITABLE = {"Cc", "Cs"}
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))


def one_line(text: str) -> str:
    """What is kept of a title: words with one space between them."""
    return " ".join(printable(text).split())


def many_lines(text: str) -> str:
    """What is kept of a text: its lines, whatever ended them, and nothing around it."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def paragraphs(text: str) -> list[SafeString]:
    """A text's paragraphs as HTML: escaped, with their links and line breaks."""
    blocks = (block.strip() for block in text.split("\n\n"))
    linked = (urlize(block, nofollow=True, autoescape=True).replace("\n", "<br>") for block in blocks if block)
    return [mark_safe(block) for block in linked]  # noqa: S308 - urlize escaped it


def printable(text: str) -> str:
    """Less what no file format can write."""
    kept = (letter for letter in text if letter in "\n\t" or category(letter) not in _UNWRITABLE)
    return "".join(kept).translate(_NO_CHARACTERS)
