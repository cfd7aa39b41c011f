"""The person a page is shown to."""

from typing import Any

from django.http import HttpRequest


def signed_in(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {"viewer": user if user is not None and user.is_authenticated else None}
