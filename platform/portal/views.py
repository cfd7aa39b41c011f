"""What anyone sees before a commune has a space."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.france import france, placed
from tenants.directory.search import LONGEST, Found, find, matching, resembling, shown
from tenants.hosts import host_url
from tenants.models import Commune, Space

PER_PAGE, SUGGESTED, GUESSES = 20, 6, 6


@dataclass(frozen=True, slots=True)
class Row:
    """A commune in a list of answers, with its own address."""

    commune: Found
    url: str

    @classmethod
    def of(cls, found: Found) -> Self:
        return cls(found, host_url(found.slug, "/"))


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
    spots = Commune.objects.filter(space__state=Space.State.ACTIVE).values_list("latitude", "longitude")
    dots = {placed(latitude, longitude) for latitude, longitude in spots if latitude and longitude}
    return Opened(len(spots), "".join(sorted(dots)))


@require_safe
def modules(request: HttpRequest) -> HttpResponse:
    shown_modules = [
        {"manifest": manifest, "needs": settings.CATALOGUE.among(settings.CATALOGUE.needs(manifest.slug))}
        for manifest in settings.CATALOGUE
    ]
    return render(request, "portal/modules.html", {"modules": shown_modules})


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
    """The first answers, as the list that the search box shows while one types."""
    query = typed(request)
    answers = find(query, limit=SUGGESTED)
    context = {"q": query, "rows": [Row.of(each) for each in answers.found], "guessed": answers.guessed}
    response = render(request, "portal/_suggestions.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


def typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
