"""The frame around a page: a commune's space, or the console."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def shown(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """A page's context, with the frame it is drawn in."""
    kind = request.site.kind  # type: ignore[attr-defined]
    return {
        "shell": "web/console.html" if kind == "console" else "web/space.html",
        "in_space": kind == "space",
    } | context


def as_json(options: Mapping[str, Any]) -> str:
    """What a browser is asked for a passkey, for an attribute of the page."""
    return json.dumps(dict(options), default=dict)
