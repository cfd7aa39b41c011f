"""A form that is kept while it is filled."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from core.drafts.queries import draft_of
from core.security.trusting import by_trust
from core.web.french import day_and_time

register = template.Library()


@register.inclusion_tag("drafts/autosave.html", takes_context=True)
def autosave(context: dict[str, Any], kind: str, key: UUID | str) -> dict[str, Any]:
    """Inside a form of the back office: keeps its fields, and gives back those that differ when the page is opened.
    On a device that is only trusted, the browser alone keeps them."""
    key = UUID(str(key))
    request = context["request"]
    user = request.user
    found = draft_of(user, kind, key)
    return {
        "address": reverse("drafts:draft", args=[kind, key]),
        "owner": user.pk,
        "here_only": by_trust(request),
        "version": found.version if found else 0,
        "when": day_and_time(found.saved_at) if found else "",
    }
