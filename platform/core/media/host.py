"""The media host: files that strangers sent, on a name that holds no cookie and no page."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from core.media.addresses import seconds_left
from core.media.sending import send

_PATH: Final = re.compile(r"/(c/[A-Za-z0-9_]{1,20}/[0-9a-f-]{36}/[a-z0-9-]{1,20}\.(jpg|webp|pdf|mp4|webm))")
_TYPES: Final = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


class MediaHost:
    """Answers everything that is asked of `MEDIA_HOST`: a signed file, or nothing. It reads no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.MEDIA_HOST or request.get_host().partition(":")[0].lower() != settings.MEDIA_HOST:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            return self._file(request)
        except Http404:
            return _nothing()

    def _file(self, request: HttpRequest) -> HttpResponseBase:
        found = _PATH.fullmatch(request.path)
        called = request.GET.get("name", "")
        left = seconds_left(request.path, request.GET.get("until", ""), called, request.GET.get("sign", ""))
        if found is None or not left:
            return _nothing()
        response = send(request, found[1], _TYPES[found[2]], called=called)
        response["Cache-Control"] = f"public, max-age={left}, immutable"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def _nothing() -> HttpResponse:
    return HttpResponse("Adresse inconnue.", status=404, content_type="text/plain; charset=utf-8")
