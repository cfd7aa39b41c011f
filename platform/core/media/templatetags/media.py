"""Showing a picture."""

from typing import Any

from django import template

from core.media.models import Asset

register = template.Library()


@register.inclusion_tag("media/picture.html")
def picture(shown: Asset, sizes: str = "100vw", first: bool = False) -> dict[str, Any]:
    """A `<picture>` with its renditions; `first` for the one at the top of a page, which must not wait."""
    return {
        "picture": shown,
        "sizes": sizes,
        "first": first,
        "webp": shown.srcset("image/webp"),
        "jpeg": shown.srcset("image/jpeg"),
    }
