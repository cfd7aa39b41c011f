"""All that the commune wrote, in one file: asked for, followed, downloaded."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.models import User
from core.audit.models import Entry
from core.media.quota import words
from core.media.sending import send
from space.journal import lines
from tenants.leaving.asking import ask, export_here, exports_here, note_taken, percent_of
from tenants.models import Export

ZIP = "application/zip"
MOST_SHOWN = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        author: Any = request.user
        ask(author=author)
        messages.success(request, _("L’export est demandé. Vous recevrez un e-mail quand il sera prêt."))
        return redirect("space:export")
    told = Entry.objects.filter(verb__startswith="leaving.")[:MOST_SHOWN]
    return render(request, "space/export/page.html", {**_found(), "told": lines(told)})


@never_cache
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes while an export is made."""
    found = _found()
    response = render(request, "space/export/_found.html", found)
    if not found["making"]:
        response["HX-Refresh"] = "true"  # it is over: the whole page says what may be done now
    return response


@never_cache
@require_safe
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = export_here(key)
    if found is None:
        raise Http404("no such export")
    response = send(request, found.name, ZIP, called=_called(found), size=found.bytes)
    author: Any = request.user
    if request.method == "GET" and response.status_code in {200, 302}:
        note_taken(found, author)
    return response


def _found() -> dict[str, Any]:
    exports = exports_here()
    making = next((each for each in exports if not each.ready_at), None)
    ready = [each for each in exports if each.ready_at]
    people = User.objects.in_bulk({each.person for each in exports if each.person})
    return {
        "making": making,
        "percent": percent_of(making) if making else 0,
        "ready": [
            {"export": each, "weight": words(each.bytes), "who": people.get(each.person), "called": _called(each)}
            for each in ready
        ],
    }


def _called(export: Export) -> str:
    assert export.space.commune is not None
    return f"beffroi-{export.space.commune.slug}-{export.ready_at:%Y-%m-%d}.zip"
