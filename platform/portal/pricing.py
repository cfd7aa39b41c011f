"""The catalogue with its prices for one commune, and every price of the book in force. Nobody signs in for these."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.prices import PriceBook, Rhythm
from billing.queries.books import NoPrices, in_force
from billing.queries.showing import Shown, shown, single
from core.catalogue import Manifest
from core.web.french import of_commune, typographic
from portal.views import GUESSES, Row, choosing, kept, typed
from tenants.directory.departements import DEPARTEMENTS, departement_named
from tenants.directory.search import matching, resembling
from tenants.directory.search import shown as found
from tenants.models import Commune

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A module in the catalogue; `month` and `year` are its line for the commune that was chosen."""

    manifest: Manifest
    needs: list[Manifest]
    checked: bool
    month: int | None = None
    year: int | None = None


@require_safe
def modules(request: HttpRequest) -> HttpResponse:
    """Every module; once a commune is chosen, what those that are ticked cost it, exactly."""
    book = book_or_none()
    said = request.GET.get("commune", "")
    commune = Commune.objects.filter(pk=said[:5].replace("\0", "")).first() if said else None
    ticked = picked(request.GET, whole="choix" not in request.GET)
    context: dict[str, Any] = {"choices": choices(book, commune, ticked), "priced": book is not None}
    if commune is not None and book is not None:
        context |= {**about(commune), "prices": shown(book, commune, ticked)}
    elif said:
        context["unknown"] = True
    context |= {"ticked": ticked, "change": "?" + urlencode(kept(ticked), doseq=True)}
    if commune is None:
        context |= answers(request, ticked)
    response = render(request, "portal/modules.html", context, status=404 if context.get("unknown") else 200)
    response["Vary"] = "HX-Request"
    return response


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """The whole book in force."""
    try:
        version = in_force()
    except NoPrices:
        return render(request, "portal/no_rates.html", status=404)
    book = version.book
    listed = [each for each in settings.CATALOGUE if each.price_key in book.modules]
    columns = [
        (_("Socle"), book.base),
        *((each.label, book.modules[each.price_key]) for each in listed),
        *((_("Pack %(name)s") % {"name": pack.label}, pack.amounts) for pack in book.packs),
    ]
    context = {
        "version": version,
        "book": book,
        "columns": [name for name, _amounts in columns],
        "packs": [(pack, [each.label for each in listed if each.price_key in pack.modules]) for pack in book.packs],
        "rows": [
            (bounds, [(name, each.monthly[at], each.yearly[at]) for name, each in columns])
            for at, bounds in enumerate(book.bounds)
        ],
        "taxes": taxes(book),
    }
    return render(request, "portal/rates.html", context)


def book_or_none() -> PriceBook | None:
    try:
        return in_force().book
    except NoPrices:
        return None


def picked(values: QueryDict, *, whole: bool) -> list[str]:
    """The modules that somebody ticked; at first, all of them."""
    if whole:
        return [manifest.slug for manifest in settings.CATALOGUE]
    said = set(values.getlist("modules"))
    return [manifest.slug for manifest in settings.CATALOGUE if manifest.slug in said]


def choices(book: PriceBook | None, commune: Commune | None, ticked: list[str]) -> list[Choice]:
    catalogue, rows = settings.CATALOGUE, []
    for each in catalogue:
        month, year = (
            single(book, commune.population, each, rhythm) if book is not None and commune is not None else None
            for rhythm in Rhythm
        )
        rows.append(Choice(each, catalogue.among(catalogue.needs(each.slug)), each.slug in ticked, month, year))
    return rows


def priced(commune: Commune, slugs: list[str]) -> Shown | None:
    """What modules cost a commune, nothing while no book is in force."""
    book = book_or_none()
    return shown(book, commune, slugs) if book is not None else None


def about(commune: Commune) -> dict[str, Any]:
    return {
        "commune": commune,
        "commune_name": typographic(commune.name),
        "of_commune": of_commune(commune.name),
        "departement": departement_named(commune.departement),
    }


def answers(request: HttpRequest, ticked: list[str]) -> dict[str, Any]:
    """The communes that a search finds, each leading back here."""
    query = typed(request)
    if not query:
        return {"q": ""}
    page = Paginator(matching(query).select_related("space"), PER_PAGE).get_page(request.GET.get("page"))
    guessed = not page.paginator.count
    rows = resembling(query, limit=GUESSES) if guessed else page.object_list
    return {
        "q": query,
        "page": page,
        "guessed": guessed,
        "rows": [Row.of(found(row), choose=choosing(row.insee, ticked)) for row in rows],
        "query": urlencode({"q": query, **kept(ticked)}, doseq=True) + "&",
    }


def taxes(book: PriceBook) -> list[tuple[int, str]]:
    """Each rate with the territories that have it, the ordinary one first."""
    names: dict[int, list[str]] = {}
    for code, rate in sorted(book.vat.items()):
        if code in DEPARTEMENTS and rate != book.vat["default"]:
            names.setdefault(rate, []).append(DEPARTEMENTS[code].name)
    return [(rate, ", ".join(where)) for rate, where in sorted(names.items(), reverse=True)]
