"""The mairie draws its areas and takes in its addresses; everybody sees the tiles of its maps."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
from core.territory import actions, tiles
from core.territory.forms import AddressFileForm, AreaForm, initial_area
from core.territory.maps import territory_map
from core.territory.models import Address, AddressImport, Area
from core.territory.queries import areas, contour_box, find_address, streets
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of
from core.web.throttle import client_address

PER_PAGE = 50
EDGE = 0.005  # half a kilometre: an area may lean over the boundary


@require_safe
@never_cache
def territory(request: HttpRequest) -> HttpResponse:
    shown = list(areas().annotate(address_count=Count("addresses")))
    context = {"areas": shown, "map": territory_map(shown), "address_count": Address.objects.count()}
    return render(request, "territory/territory.html", context)


@never_cache
def edit(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    shown = list(areas())
    found = next((area for area in shown if area.pk == pk), None)
    if pk and not found:
        raise Http404("no area in use has this key")
    form = AreaForm(request.POST or None, initial=initial_area(found) if found else {})
    context: dict[str, Any] = {"key": key_of(request), "read": read_of(request), "theirs": None}
    if found and request.method != "POST":
        context["read"] = digest(actions.state(found))
    if request.method == "POST" and form.is_valid():
        try:
            drawn = actions.draw_area(
                found, **form.cleaned_data, author=_author(request), key=key_of(request), read=read_of(request)
            )
        except ValidationError as error:
            form.add_error(None, error)
        except ChangedMeanwhile as error:
            found = error.found
            theirs = list(differences(form, initial_area(error.found)))
            context |= {"theirs": theirs, "read": digest(actions.state(error.found))}
        else:
            messages.success(request, _("La zone « %(name)s » est enregistrée.") % {"name": drawn.name})
            _warn_if_outside(request, drawn)
            return redirect("territory:territory")
    if found:
        context["keep"] = reverse("territory:edit", args=[found.pk])
    context |= {"area": found, "form": form, "map": territory_map(shown, found)}
    status = 422 if form.errors else 200 if context["theirs"] is None else 409
    return render(request, "territory/area.html", context, status=status)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Area, pk=pk)
    actions.close_area(found, author=_author(request))
    messages.success(request, _("« %(name)s » n’est plus proposée. Ce qui y renvoie la garde.") % {"name": found.name})
    return redirect("territory:territory")


@require_safe
@never_cache
def addresses(request: HttpRequest) -> HttpResponse:
    """What is looked for, else the streets with how many addresses each has."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows: Any = find_address(typed) if typed else streets()
    context = {
        "typed": typed,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"q": typed}) + "&" if typed else "",
        "imports": AddressImport.objects.all()[:5],
    }
    return render(request, "territory/addresses.html", context)


@never_cache
def import_file(request: HttpRequest) -> HttpResponse:
    form = AddressFileForm(request.POST, request.FILES) if request.method == "POST" else AddressFileForm()
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            done = actions.import_addresses(sent, file_name=sent.name or "", author=_author(request))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _told(done))
            return redirect("territory:addresses")
    return render(request, "territory/import.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def tile(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    box = contour_box()
    if box is None or not tiles.covers(box, zoom, x, y):
        raise Http404("no map of this commune shows this tile")
    try:
        found = tiles.tile(zoom, x, y, visitor=client_address(request))
    except tiles.TooMany:
        return HttpResponse(status=429, headers={"Retry-After": "60", "Cache-Control": "no-store"})
    if found is None:
        return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": f"public, max-age={tiles.WEEK}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type=found.content_type, headers=headers)


def _warn_if_outside(request: HttpRequest, area: Area) -> None:
    box = contour_box()
    if box and not box.grown(EDGE).holds_box(area.box):
        messages.warning(request, _("Cette zone dépasse de la commune : vérifiez ses points."))


def _told(done: AddressImport) -> str:
    sentence = _("Les adresses sont à jour : %(kept)s gardées, %(gone)s retirées.") % {
        "kept": done.rows_kept,
        "gone": done.rows_gone,
    }
    if done.rows_refused:
        sentence += " " + _("Lignes laissées de côté (autres communes, doublons) : %(count)s.") % {
            "count": done.rows_refused
        }
    return sentence


def _author(request: HttpRequest) -> User:
    return cast(User, request.user)
