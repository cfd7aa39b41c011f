"""Under which name what somebody types in a form of the presentation is kept."""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest


class DraftName(NamedTuple):
    kind: str
    key: UUID


def draft_of(request: HttpRequest, form: str, key: UUID | None = None) -> DraftName:
    """Of the thing that has this key. A new one has none that its page will show again: one for each person."""
    user: Any = request.user
    return DraftName(f"presentation-{form}", key or user.pk)
