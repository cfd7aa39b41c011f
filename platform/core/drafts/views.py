"""What the script of a form asks: keep this, give it back, let it go."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.drafts import actions
from core.drafts.models import Draft
from core.drafts.queries import draft_of
from core.media.details import DetailsForm
from core.media.models import Asset
from core.media.showing import is_claimed

LONGEST_KIND = 40


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def draft(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    if len(kind) > LONGEST_KIND:
        raise Http404("no such kind")
    if request.method == "POST":
        return _keep(request, kind, key)
    if request.method == "DELETE":
        actions.drop(request.user, kind, key)
        return HttpResponse(status=204)
    found = draft_of(request.user, kind, key)
    if found is None:
        raise Http404("nothing was kept")
    return JsonResponse({"version": found.version, "fields": found.fields, "assets": _assets(request, found)})


def _keep(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    said = request.headers.get("X-Draft-Version", "")
    read = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
    try:
        fields = [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
        kept = actions.keep(owner=request.user, kind=kind, key=key, fields=fields, read=read)
    except actions.KeptElsewhere:
        told = _("Un autre onglet a gardé ce formulaire après celui-ci. Ce que vous tapez ici n’est plus gardé.")
        return _said(told, 409)
    except ValidationError as error:
        return _said(error.messages[0], 413)
    told = _("Brouillon gardé à %(time)s") % {"time": time_of(kept)}
    return JsonResponse({"version": kept.version, "said": told})


def time_of(draft: Draft) -> str:
    there = timezone.localtime(draft.saved_at)
    return f"{there.hour} h {there.minute:02}"


def _assets(request: HttpRequest, found: Draft) -> dict[str, str]:
    """Chosen files as a form shows them, those that this person could choose again."""
    shown: dict[str, str] = {}
    names = {name for name, _values in found.fields}
    rows = {str(asset.pk): asset for asset in Asset.objects.filter(pk__in=found.assets)}
    for name, values in found.fields:
        for key in values if name.endswith("-assets") else ():
            asset: Any = rows.get(key)
            if asset and (asset.author_id == request.user.pk or is_claimed(asset.pk)):
                field = name.removesuffix("-assets")
                row = DetailsForm(instance=asset, prefix=f"{field}-{key}")
                context = {"row": row, "name": field, "several": f"{field}-{key}-place" in names, "place": 99}
                shown[key] = render_to_string("media/chosen.html", context, request)
    return shown


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
