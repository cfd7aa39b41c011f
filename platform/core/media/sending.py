"""Sending a stored file, or the part of it that was asked for (RFC 9110, section 14), and nothing that acts."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

_BLOCK: Final = 64 * 1024
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
_LINK_SECONDS: Final = 300
SANDBOX: Final = "default-src 'none'; sandbox"


def send(request: HttpRequest, stored: str, type_: str, *, called: str, size: int | None = None) -> HttpResponseBase:
    """The file, 206 for a part of it, 304 when it is known, 416 for a part that it has not.

    What is not a picture or its poster comes from an object store by a link signed for five minutes. Raises Http404
    when the file is gone.
    """
    etag = f'"{stored.rpartition("/")[0].rpartition("/")[2]}-{stored.rpartition("/")[2]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _linked(stored, type_, called) or _content(request, stored, size, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    if response.status_code in {200, 206}:
        response["Content-Type"] = type_
        response["Content-Disposition"] = disposition(type_, called)
    return response


def disposition(type_: str, called: str) -> str:
    """Documents and archives are downloads: they are never read inside our pages."""
    shown = type_.startswith(("image/", "video/", "text/"))
    return content_disposition_header(not shown, called or "document.pdf") or "inline"


def _linked(stored: str, type_: str, called: str) -> HttpResponseRedirect | None:
    bucket = getattr(default_storage, "bucket", None)
    if bucket is None or type_.startswith(("image/", "text/")):
        return None
    parameters = {"ResponseContentType": type_, "ResponseContentDisposition": disposition(type_, called)}
    storage: Any = default_storage
    return HttpResponseRedirect(storage.url(stored, parameters=parameters, expire=_LINK_SECONDS))


def _content(request: HttpRequest, stored: str, expected: int | None, etag: str) -> HttpResponseBase:
    file, size = _opened(stored, expected)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return _part(file, 0, size - 1, 200)
    first, last = found[1], found[2]
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _part(file, start, end, 206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _opened(stored: str, expected: int | None) -> tuple[Any, int]:
    """The file and its size; one that is not as long as it was is gone too."""
    try:
        file = default_storage.open(stored)
    except FileNotFoundError as error:
        raise Http404("the file is gone") from error
    size = int(file.size)
    if expected is not None and size != expected:
        file.close()
        raise Http404("the file is not the one we stored")
    return file, size


def _part(file: Any, start: int, end: int, status: int) -> HttpResponseBase:
    response = StreamingHttpResponse(_blocks(file, start, end - start + 1), status=status)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    response["Content-Length"] = str(end - start + 1)
    return response


def _blocks(file: Any, start: int, left: int) -> Iterator[bytes]:
    file.seek(start)
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
