"""Serving a picture, as long as a module that is on shows it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.catalogue import Visibility
from core.media.models import Picture

WEEK = 7 * 24 * 3600


def visibility(key: UUID, modules: frozenset[str]) -> Visibility:
    """The widest answer of the modules that are on."""
    found = Visibility.UNKNOWN
    for manifest in settings.CATALOGUE.among(modules):
        owns = settings.CATALOGUE.hook(manifest.slug, "owns_media")
        answer = owns(key) if owns else Visibility.UNKNOWN
        if answer is Visibility.PUBLIC:
            return answer
        found = answer if answer is Visibility.STAFF else found
    return found


@require_safe
def serve(request: HttpRequest, key: UUID, size: int, suffix: str) -> HttpResponseBase:
    site: Any = request.site
    seen = visibility(key, site.space.modules)
    user: Any = request.user
    if seen is Visibility.UNKNOWN or (seen is Visibility.STAFF and not getattr(user, "is_staff_member", False)):
        raise Http404("no module shows this picture")
    etag = f'"{key.hex}-{size}-{suffix}"'
    # A file never changes under its address, so who has seen it may keep it; no shared cache may, or a picture that
    # the mairie withdraws would go on being served.
    kept = f"private, max-age={WEEK}, immutable" if seen is Visibility.PUBLIC else "private, no-cache"
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _file(key, size, suffix)
    response["ETag"] = etag
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(key: UUID, size: int, suffix: str) -> FileResponse:
    picture = Picture.objects.filter(pk=key).first()
    if picture is None or size not in picture.sizes:
        raise Http404("no such rendition")
    try:
        stored = default_storage.open(picture.name_of(size, suffix))
    except FileNotFoundError as error:
        raise Http404("the file is gone") from error
    return FileResponse(stored, content_type=Picture.FORMATS[suffix])
