"""Writing the journal."""

from typing import Any

from core.audit.models import Entry


def record(verb: str, *, target: str = "", author: Any = None, **detail: Any) -> Entry:
    """Write a line in the current commune's journal, in the caller's transaction. `author` is a user, or None."""
    return Entry.objects.create(
        verb=verb,
        target=target[:200],
        author=getattr(author, "email", "") if author is not None else "",
        author_id=getattr(author, "pk", None),
        detail=detail,
    )
