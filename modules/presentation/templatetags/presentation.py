"""Words of blocks as HTML."""

from django import template
from django.utils.safestring import SafeString

from core.web import plain_text

register = template.Library()


@register.filter
def paragraphs(text: str) -> list[SafeString]:
    return plain_text.paragraphs(text or "")


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a link dials it."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
