"""A message that says what was done, with a button that takes it back: the page of the action never asks « sûr ? »."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Undo:
    """Where the button posts, and what it says there."""

    url: str
    hidden: Mapping[str, str]


def offer(request: HttpRequest, sentence: str, url: str, **hidden: Any) -> None:
    """Tell what was done, with an « Annuler » that posts these values to `url`, an address of this site."""
    messages.success(request, sentence, extra_tags=packed(url, hidden))


def packed(url: str, hidden: Mapping[str, Any]) -> str:
    return json.dumps({"undo": url, "hidden": {name: str(value) for name, value in hidden.items()}})


def read(message: Any) -> Undo | None:
    """What a message offers to take back."""
    tags = message.extra_tags or ""
    if not tags.startswith("{"):
        return None
    found = json.loads(tags)
    return Undo(found["undo"], found["hidden"])
