"""Showing files."""

from typing import Any

from django import template

from core.media.models import Asset, ExternalVideo
from core.media.quota import words
from core.web.templatetags.web import plural

register = template.Library()


@register.inclusion_tag("media/picture.html")
def picture(shown: Asset, sizes: str = "100vw", first: bool = False) -> dict[str, Any]:
    """A `<picture>` with its renditions; `first` for the one at the top of a page, which must not wait."""
    sources = {"webp": shown.srcset("image/webp"), "jpeg": shown.srcset("image/jpeg")}
    return {"picture": shown, "sizes": sizes, "first": first, **sources}


@register.inclusion_tag("media/asset.html")
def asset(shown: Asset, sizes: str = "100vw", first: bool = False) -> dict[str, Any]:
    """A file of any kind: a picture with its caption, a document to download, a video to play."""
    return {"asset": shown, "sizes": sizes, "first": first}


@register.inclusion_tag("media/external_video.html")
def external_video(video: ExternalVideo) -> dict[str, Any]:
    """A link to another site's video. The page's view must call `core.media.csp.allow_frames`."""
    return {"video": video}


@register.simple_tag
def asset_facts(shown: Asset) -> str:
    """What it is and how much it weighs: « PDF, 3 pages, 1,2 Mo »."""
    facts = [words(shown.weight)] if shown.weight else []
    if shown.is_document:
        facts = ["PDF", plural(shown.pages, "page", "pages"), *facts]
    elif shown.is_video:
        minutes, seconds = divmod(round(shown.duration), 60)
        facts = [f"{minutes}:{seconds:02}" if shown.duration else "", *facts]
        facts += [str(shown.get_state_display())] if not shown.is_ready else []
    else:
        facts = [f"{shown.width} × {shown.height}"]
    return ", ".join(fact for fact in facts if fact)
