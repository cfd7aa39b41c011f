"""Every commune, and one of them with what the operator may do about it."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from console import actions
from console.comparison import official_address
from console.forms import SuspensionForm
from console.holdings import held_in
from console.queries import UNOPENED, Search, mandates
from console.rows import MandateRow
from core.accounts.models import User
from core.web.french import typographic
from tenants.directory.departements import DEPARTEMENTS, departement_named
from tenants.hosts import commune_url, space_url
from tenants.lifecycle import NotNow
from tenants.models import Commune, Mandate, Space
from tenants.switches import catalogue, modules_on

PER_PAGE = 50
FIRST = 5
STATES = {
    "": gettext_lazy("Toutes"),
    Space.State.PENDING.value: gettext_lazy("À confirmer"),
    Space.State.ACTIVE.value: gettext_lazy("Actives"),
    Space.State.SUSPENDED.value: gettext_lazy("Suspendues"),
    Space.State.READ_ONLY.value: gettext_lazy("En lecture seule"),
    UNOPENED: gettext_lazy("Non ouvertes"),
}


@never_cache
def communes(request: HttpRequest) -> HttpResponse:
    """What waits, then the communes by state, name, postal code and département."""
    search = _search(request)
    counts = search.counts()
    page = Paginator(search.rows(), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "search": search,
        "filters": [
            {"label": label, "count": counts[state], "current": state == search.state, "url": _url(search, state)}
            for state, label in STATES.items()
        ],
        "departements": DEPARTEMENTS.values(),
        "page": page,
        "query": _url(search, search.state).lstrip("?") + "&",
    }
    if search == Search() and page.number == 1:
        context["work"] = [MandateRow.of(each) for each in mandates()[:FIRST]]
        context["work_count"] = Mandate.objects.filter(decision="").count()
    return render(request, "console/communes.html", context)


@never_cache
def commune(request: HttpRequest, insee: str) -> HttpResponse:
    return _commune_page(request, _found(insee), SuspensionForm())


def suspend(request: HttpRequest, insee: str) -> HttpResponse:
    found = _found(insee)
    if request.method != "POST":
        return redirect("console:commune", insee)
    form = SuspensionForm(request.POST)
    if not form.is_valid():
        return _commune_page(request, found, form, status=422)
    try:
        actions.suspend(space=_space(found), reason=form.cleaned_data["reason"], author=cast(User, request.user))
    except (NotNow, Space.DoesNotExist):
        messages.error(request, _("Rien n’a été fait : cet espace n’est pas actif."))
    else:
        messages.success(request, _("L’espace est suspendu. L’équipe de la mairie en reçoit la raison."))
    return redirect("console:commune", insee)


def reactivate(request: HttpRequest, insee: str) -> HttpResponse:
    found = _found(insee)
    if request.method != "POST":
        return redirect("console:commune", insee)
    try:
        actions.reactivate(space=_space(found), author=cast(User, request.user))
    except (NotNow, Space.DoesNotExist):
        messages.error(request, _("Rien n’a été fait : cet espace n’est pas suspendu."))
    else:
        messages.success(request, _("L’espace est de nouveau ouvert. L’équipe de la mairie le sait."))
    return redirect("console:commune", insee)


def _found(insee: str) -> Commune:
    return get_object_or_404(Commune.objects.select_related("space"), insee=insee)


def _space(found: Commune) -> Space:
    space: Space = Space.objects.select_related("commune").get(commune=found)
    return space


def _commune_page(request: HttpRequest, found: Commune, form: SuspensionForm, status: int = 200) -> HttpResponse:
    space: Space | None = getattr(found, "space", None)
    context: dict[str, Any] = {
        "title": typographic(str(found)),
        "commune": found,
        "departement": departement_named(found.departement),
        "mailbox": official_address(found),
        "space": space,
        "mandates": Mandate.objects.filter(signup__commune=found).select_related("signup").order_by("-asked_at"),
        "form": form,
        "url": space_url(space, "/") if space else commune_url(found, "/"),
    }
    if space:
        on = modules_on(space.schema_name)
        switches = space.switches.filter(off_at__isnull=True, module__in=on).order_by("since")
        context |= {
            "holdings": held_in(space),
            "switches": [(catalogue()[each.module], each) for each in switches],
            "suspensions": space.suspensions.order_by("-since"),
        }
    return render(request, "console/commune.html", context, status=status)


def _search(request: HttpRequest) -> Search:
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    departement, state = request.GET.get("dep", ""), request.GET.get("etat", "")
    return Search(
        words=words,
        departement=departement if departement in DEPARTEMENTS else "",
        state=state if state in STATES else "",
    )


def _url(search: Search, state: str) -> str:
    values = {"q": search.words, "dep": search.departement, "etat": state}
    return "?" + urlencode({name: value for name, value in values.items() if value})
