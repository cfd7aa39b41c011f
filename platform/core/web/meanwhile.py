"""Two people, or two tabs, that change one thing: the second is told, and loses nothing of what was typed.

A form carries the digest of what its page read, in a hidden field named `read`, and for a new thing the key that it
will be kept under, in `key`. The action compares under a lock; the page shows what differs, and takes the form again.
A program that sends no digest means what it says, whatever was there.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.tenancy.keys import uuid7

LONGEST = 300


class ChangedMeanwhile(Exception):
    """What is kept is neither what was read nor what was sent; `found` is the thing as it stands."""

    def __init__(self, found: Any = None) -> None:
        super().__init__(str(found))
        self.found = found


def digest(state: Any) -> str:
    """A short word that changes when the state does: plain values, times and dates."""
    return sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:20]


def heard(kept: Any, sent: Any, read: str | None, found: Any = None) -> bool:
    """Whether what was sent is kept already: a form sent twice is heard once.

    Raises ChangedMeanwhile when somebody else wrote after the page was read.
    """
    if digest(kept) == digest(sent):
        return True
    if read is not None and digest(kept) != read:
        raise ChangedMeanwhile(found)
    return False


def read_of(request: HttpRequest) -> str | None:
    return request.POST.get("read")


def key_of(request: HttpRequest) -> UUID:
    """Where a new thing will be kept: never none, whatever was sent."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid7()


def differences(form: BaseForm, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields in which what is kept is not what was typed: their label, and what is kept."""
    for name, field in form.fields.items():
        if field.has_changed(kept.get(name), form[name].data):
            yield str(field.label), shown(field, kept.get(name))


def shown(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if hasattr(field, "as_text"):
        value = field.as_text(value)
    elif hasattr(field, "choices"):
        value = dict(field.choices).get(value, value)
    text = str(field.prepare_value(value) if value not in (None, "") else _("(vide)"))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
