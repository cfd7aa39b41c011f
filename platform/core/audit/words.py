"""The journal's lines in words: `core` writes them, the shell that shows them says them."""

from collections.abc import Callable

from core.audit.models import Entry

Say = Callable[[Entry], str]
_say: Say | None = None


def set_words(say: Say) -> None:
    global _say
    _say = say


def said(entry: Entry) -> str:
    """What was done, as the end of a sentence that begins with who did it."""
    return _say(entry) if _say else entry.verb
