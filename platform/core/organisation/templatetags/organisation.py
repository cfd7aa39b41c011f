"""Hours in words."""

from datetime import time

from django import template

from core.organisation import hours

register = template.Library()


@register.filter
def clock(moment: time) -> str:
    return hours.clock(moment)


@register.filter
def span(of: hours.Span) -> str:
    return hours.span(of)
