"""{% load delivery %}{% audience_of "news" %}: whom a tick would disturb, and when."""

from django import template

from core.delivery.audience import audience

register = template.Library()


@register.simple_tag
def audience_of(topic: str) -> str:
    return audience(topic).sentence
