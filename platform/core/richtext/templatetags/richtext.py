"""Showing formatted text."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.richtext.cleaning import TooLong, purified

register = template.Library()


@register.filter
def rich(html: Any) -> SafeString:
    """A text that was kept, checked again: nothing else marks it safe."""
    try:
        return mark_safe(purified(str(html or "")))  # noqa: S308 - it was just purified
    except TooLong:
        return SafeString(escape(html))
