"""Serving a file, as long as a module that is on shows it, or to its author while nothing does."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.catalogue import Visibility
from core.media.models import Asset
from core.media.sending import send
from core.media.showing import seen_by

WEEK = 7 * 24 * 3600


@require_safe
def serve(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    site: Any = request.site
    asset = Asset.objects.filter(pk=key).first()
    if asset is None:
        _ask_for_nothing(key, site)
        raise Http404("no such file")
    seen = seen_by(asset, request.user, site.space.modules)
    if seen is Visibility.UNKNOWN:
        raise Http404("no module shows this file")
    rendition = asset.rendition(name)
    if rendition is None:
        raise Http404("no such rendition")
    # A file never changes under its address, so who has seen it may keep it; no shared cache may, or a picture that
    # the mairie withdraws would go on being served.
    kept = f"private, max-age={WEEK}, immutable" if seen is Visibility.PUBLIC else "private, no-cache"
    response = send(
        request, f"{asset.prefix}/{name}", rendition["type"], size=rendition["bytes"], called=asset.original_name
    )
    response["Cache-Control"] = kept
    if seen is Visibility.PUBLIC:  # a reader of the feed shows its pictures
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _ask_for_nothing(key: UUID, site: Any) -> None:
    """A key that names nothing takes as long to refuse as one that names what is not shown."""
    from core.media.showing import visibility

    visibility(key, site.space.modules)
