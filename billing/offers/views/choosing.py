"""What somebody chooses for a commune, or for the communes of an EPCI, with its price; asking for the quote."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.actions.quoting import Overlaps
from billing.models import PriceVersion, Quote
from billing.offers import actions
from billing.offers.choosing import Buying, asked, defaulted, values
from billing.offers.drafting import drafted, items_of, labels
from billing.offers.forms import ChoiceForm, QuoteForm
from billing.offers.groups import communes_of
from billing.offers.limits import too_many_quotes
from billing.prices import PriceBook, Rhythm, Unpriced
from billing.queries.books import NoPrices, in_force
from billing.queries.showing import single
from core.web.french import day, of_commune, typographic
from tenants.directory.departements import departement_named
from tenants.models import Commune

TOO_MANY = _("Trop de demandes à la suite. Attendez une heure, puis réessayez : ce que vous avez saisi est gardé.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def commune(request: HttpRequest, insee: str) -> HttpResponse:
    return _offer(request, _for_commune(insee))


@require_safe
def commune_price(request: HttpRequest, insee: str) -> HttpResponse:
    return _price(request, _for_commune(insee))


@require_safe
def group(request: HttpRequest, siren: str) -> HttpResponse:
    """Which communes of the EPCI: all of them, or those that were chosen before."""
    communes = communes_of(siren)
    if not communes:
        raise Http404(siren)
    context = {
        "siren": siren,
        "name": communes[0].epci_name,
        "communes": communes,
        "chosen": set(request.GET.getlist("c")) or {each.insee for each in communes},
        "none": "aucune" in request.GET,
    }
    return render(request, "offers/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def group_modules(request: HttpRequest, siren: str) -> HttpResponse:
    """Which modules, for those communes."""
    buying = _for_group(siren, request.POST if request.method == "POST" else request.GET)
    if not buying.communes:
        return redirect(f"{reverse('offer_group', args=[siren])}?aucune=1&c=")
    return _offer(request, buying)


@require_safe
def group_price(request: HttpRequest, siren: str) -> HttpResponse:
    return _price(request, _for_group(siren, request.GET))


def _for_commune(insee: str) -> Buying:
    return Buying((get_object_or_404(Commune, pk=insee),))


def _for_group(siren: str, said: QueryDict) -> Buying:
    """Those of its communes that are named; a code of another EPCI is passed over."""
    communes = communes_of(siren)
    if not communes:
        raise Http404(siren)
    wanted = set(said.getlist("c"))
    chosen = tuple(each for each in communes if each.insee in wanted)
    return Buying(chosen, siren, communes[0].epci_name)


def _offer(request: HttpRequest, buying: Buying) -> HttpResponse:
    try:
        version = in_force()
    except NoPrices:
        return render(request, "offers/no_prices.html", status=404)
    is_asking = request.method == "POST" and "recalculer" not in request.POST
    said = request.POST if request.method == "POST" else defaulted(request.GET)
    form = QuoteForm(said if is_asking else None, initial=values(said), **buying.about(said))
    if is_asking and form.is_valid() and (quote := _asked(request, buying, form)):
        return redirect("quote", quote.pk)
    context = {
        "commune": None if buying.is_group else buying.communes[0],
        "checked": said.getlist("modules"),
        "form": form,
        "price_url": reverse("offer_group_price", args=[buying.siren])
        if buying.is_group
        else reverse("offer_commune_price", args=[buying.communes[0].insee]),
        "apart": _apart(buying, said),
        "chosen": urlencode([("c", each.insee) for each in buying.communes]),
        **_about(buying),
        **_priced(buying, version, said),
    }
    return render(request, "offers/offer.html", context | {"rows": _listed(buying, version.book)}, status=_status(form))


def _asked(request: HttpRequest, buying: Buying, form: QuoteForm) -> Quote | None:
    """The quote, or on the form why there is none."""
    if too_many_quotes(request, form.cleaned_data["email"]):
        form.add_error(None, ValidationError(TOO_MANY, code="throttled"))
        return None
    try:
        return actions.ask(buying, asked(form), form.cleaned_data)
    except Overlaps as error:
        form.add_error("start", _taken(buying, error))
    except Unpriced:
        form.add_error("modules", _("Un de ces modules n’a pas encore de prix. Choisissez-en d’autres."))
    return None


def _taken(buying: Buying, error: Overlaps) -> str:
    said = {"date": day(error.free_from), "communes": ", ".join(typographic(each) for each in error.communes)}
    if buying.is_group:
        taken = _("Déjà commandé par : %(communes)s. Choisissez un premier jour à partir du %(date)s, ou laissez-les.")
        return taken % said
    return _("Ces jours sont déjà commandés. Choisissez un premier jour à partir du %(date)s.") % said


def _status(form: QuoteForm) -> int:
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, "throttled") else 422


def _price(request: HttpRequest, buying: Buying) -> HttpResponse:
    """The price alone, while one chooses: the address holds no name."""
    if not buying.communes:
        raise Http404
    try:
        context = _priced(buying, in_force(), request.GET)
    except NoPrices as error:
        raise Http404 from error
    response = render(request, "offers/_price.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


def _priced(buying: Buying, version: PriceVersion, said: QueryDict) -> dict[str, Any]:
    """What the choice costs, or why it is none."""
    form = ChoiceForm(said, **buying.about(said))
    if not form.is_valid():
        mistakes = [error for errors in form.errors.values() for error in errors]
        return {"buying": buying, "draft": None, "mistakes": mistakes}
    try:
        draft = drafted(version, asked(form))
    except Unpriced:
        return {"buying": buying, "draft": None, "mistakes": [_("Un de ces modules n’a pas encore de prix.")]}
    left_out = [each for each in buying.communes if each not in draft.asked.wanted]
    return {"buying": buying, "draft": draft, "items": items_of(draft, version.book), "left_out": left_out}


def _listed(buying: Buying, book: PriceBook) -> list[dict[str, Any]]:
    """Every module, with what it costs alone; not for an EPCI, whose communes are in several brackets."""
    rows: list[dict[str, Any]] = []
    for manifest in settings.CATALOGUE:
        row: dict[str, Any] = {"manifest": manifest, "needs": labels(settings.CATALOGUE.needs(manifest.slug))}
        if not buying.is_group:
            row["month"], row["year"] = (
                single(book, buying.communes[0].population, manifest, rhythm) for rhythm in Rhythm
            )
        rows.append(row)
    return rows


def _apart(buying: Buying, said: QueryDict) -> list[dict[str, Any]]:
    """Every commune of a group; what is ticked for one set apart."""
    if not buying.is_group:
        return []
    apart, common = buying.apart(said), said.getlist("modules")
    rows = []
    for each in buying.communes:
        own = apart.get(each.insee)
        rows.append({"commune": each, "own": each.insee in apart, "ticked": common if own is None else own})
    return rows


def _about(buying: Buying) -> dict[str, Any]:
    first = buying.communes[0]
    return {
        "commune_name": typographic(first.name),
        "of_commune": of_commune(first.name),
        "departement": departement_named(first.departement).name,
    }
