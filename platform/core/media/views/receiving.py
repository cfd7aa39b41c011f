"""Uploads that survive a cut: tus 1.0.0 (core protocol, creation, expiration, termination), https://tus.io/protocols."""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.media import uploads
from core.media.decoding.limits import MAX_BYTES
from core.media.details import DetailsForm
from core.media.models import Upload
from core.media.uploads import PART, Busy, OutOfStep

VERSION: Final = "1.0.0"
PARTS: Final = "application/offset+octet-stream"
_MOST_DIGITS: Final = 15
View = Callable[..., HttpResponse]


def speaks_tus(view: View) -> View:
    """Its headers on every answer, and its refusals as statuses with a sentence."""

    @wraps(view)
    def heard(request: HttpRequest, **values: Any) -> HttpResponse:
        if request.method not in {"OPTIONS", "GET"} and request.headers.get("Tus-Resumable") != VERSION:
            response = _said(_("Ce navigateur ne parle pas le protocole d’envoi attendu."), 412)
        else:
            response = _answered(view, request, values)
        response["Tus-Resumable"] = VERSION
        response["Tus-Version"] = VERSION
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return never_cache(heard)


def _answered(view: View, request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    try:
        return view(request, **values)
    except Upload.DoesNotExist:
        return _said(_("Cet envoi n’existe plus : recommencez-le."), 404)
    except OutOfStep:
        return _said(_("L’envoi reprend là où il s’était arrêté."), 409)
    except Busy:
        return _said(_("Cet envoi est déjà en cours : il reprendra dans un instant."), 423)
    except ValidationError as error:
        return _said(error.messages[0], 422)


@require_http_methods(["POST", "OPTIONS"])
@speaks_tus
def begin(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        headers = {"Tus-Extension": "creation,expiration,termination", "Tus-Max-Size": str(max(MAX_BYTES.values()))}
        return HttpResponse(status=204, headers=headers)
    size, said = _number(request, "Upload-Length"), _metadata(request.headers.get("Upload-Metadata", ""))
    if size is None:
        return _said(_("La taille du fichier manque."), 400)
    kinds = said.get("kinds", "").split(",")
    upload = uploads.begin(owner=request.user, name=said.get("filename", ""), size=size, kinds=kinds)
    return HttpResponse(status=201, headers={"Location": upload.get_absolute_url(), **_expiry(upload)})


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@speaks_tus
def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    if request.method == "PATCH":
        return _append(request, key)
    if request.method == "DELETE":
        uploads.cancel(owner=request.user, key=key)
        return HttpResponse(status=204)
    if request.method == "GET":
        return _chosen(request, key)
    found = uploads.of(request.user, key)
    return HttpResponse(status=200, headers={"Upload-Length": str(found.size), **_progress(found)})


def _append(request: HttpRequest, key: UUID) -> HttpResponse:
    if request.content_type != PARTS:
        return _said(_("Ce n’est pas une partie de fichier."), 415)
    offset, length = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if offset is None or length is None:
        return _said(_("L’endroit ou la longueur de cette partie manque."), 400)
    if length > PART:
        return _said(_("Cette partie est trop longue."), 413)
    uploads.of(request.user, key)  # refused before its bytes are read
    try:
        found = uploads.append(owner=request.user, key=key, offset=offset, data=_body(request, length))
    except ValueError:
        return _said(_("Cette partie dépasse la taille annoncée."), 413)
    if found.is_whole:
        found = uploads.finish(owner=request.user, key=key)
        if found.refusal:
            return _said(found.refusal, 422)
    return HttpResponse(status=204, headers=_progress(found))


def _chosen(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file as a form shows what was chosen, for the script to put in its place."""
    found = uploads.finish(owner=request.user, key=key)
    if found.refusal or found.asset is None:
        return _said(found.refusal, 422)
    field = request.GET.get("field", "")
    name = field if field.replace("-", "").replace("_", "").isalnum() and field.isascii() else "file"
    row = DetailsForm(instance=found.asset, prefix=f"{name}-{found.asset.pk}")
    context = {"row": row, "name": name, "several": "several" in request.GET, "place": 99}
    return render(request, "media/chosen.html", context)


def _body(request: HttpRequest, length: int) -> bytes:
    """What came of a part: when the connection is cut, what came before the cut is kept."""
    blocks: list[bytes] = []
    left = length
    try:
        while left > 0 and (block := request.read(min(left, 64 * 1024))):
            blocks.append(block)
            left -= len(block)
    except (UnreadablePostError, OSError):
        pass
    return b"".join(blocks)


def _progress(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received), **_expiry(upload)}


def _expiry(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())}


def _number(request: HttpRequest, header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _metadata(header: str) -> dict[str, str]:
    """`name base64,name base64`; what cannot be read is left out."""
    found = {}
    for pair in header.split(",")[:10]:
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (Error, UnicodeDecodeError, ValueError):
            continue
    return found


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
