"""{% load delivery %}{% audience_of "news" %}: whom a tick would disturb, and when; {% silent_devices user %}: the
devices of a person that show nothing any more."""

from typing import Any

from django import template

from core.accounts.models import User
from core.delivery.audience import audience
from core.delivery.push import silence

register = template.Library()


@register.simple_tag
def audience_of(topic: str) -> str:
    return audience(topic).sentence


@register.inclusion_tag("delivery/_silent.html", takes_context=True)
def silent_devices(context: template.Context, user: User) -> dict[str, Any]:
    return {"devices": list(silence.silent_devices(user)), "csrf_token": context.get("csrf_token")}
