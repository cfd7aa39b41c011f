"""What anyone sees before a commune has a space."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.france import france, placed
from tenants.directory.search import LONGEST, Found, find, matching, resembling, shown
from tenants.hosts import host_url
from tenants.models import OPEN, Commune

PER_PAGE, SUGGESTED, GUESSES = 20, 6, 6


@dataclass(frozen=True, slots=True)
class Row:
    """A commune in a list of answers, with its own address; `choose` leads back to where it is chosen."""

    commune: Found
    url: str
    choose: str = ""

    @classmethod
    def of(cls, found: Found, choose: str = "") -> Self:
        return cls(found, host_url(found.slug, "/"), choose)


@dataclass(frozen=True, slots=True)
class Opened:
    """How many communes opened their space to the public, and their dots on the map."""

    count: int
    path: str


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    context = {"manifests": settings.CATALOGUE, "france": france(), "opened": opened()}
    return render(request, "portal/landing.html", context)


def opened() -> Opened:
    spots = Commune.objects.filter(space__state__in=OPEN).values_list("latitude", "longitude")
    dots = {placed(latitude, longitude) for latitude, longitude in spots if latitude and longitude}
    return Opened(len(spots), "".join(sorted(dots)))


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """Find my commune, by name or postal code, over the whole directory; a mistyped name is guessed."""
    query = typed(request)
    page = Paginator(matching(query).select_related("space"), PER_PAGE).get_page(request.GET.get("page"))
    guessed = not page.paginator.count
    rows = resembling(query, limit=GUESSES) if guessed else page.object_list
    context = {
        "q": query,
        "page": page,
        "rows": [Row.of(shown(row)) for row in rows],
        "guessed": guessed,
        "query": urlencode({"q": query}) + "&",
        "total": Commune.objects.count() if not query else 0,
    }
    return render(request, "portal/communes.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first answers, as the list that the search box shows while one types; with `pour`, to choose one there."""
    query = typed(request)
    answers = find(query, limit=SUGGESTED)
    ticked = [slug for slug in request.GET.getlist("modules") if slug in settings.CATALOGUE]
    for_price = request.GET.get("pour") == "prix"
    rows = [Row.of(each, choosing(each.insee, ticked) if for_price else "") for each in answers.found]
    context = {"q": query, "rows": rows, "guessed": answers.guessed}
    response = render(request, "portal/_suggestions.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


def choosing(insee: str, ticked: list[str]) -> str:
    """Where the price of a commune is read, with the modules that are ticked."""
    return f"{reverse('modules')}?{urlencode({'commune': insee, **kept(ticked)}, doseq=True)}"


def kept(ticked: list[str]) -> dict[str, Any]:
    return {"choix": "1", "modules": ticked}


def typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
