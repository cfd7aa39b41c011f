"""What anyone sees before a commune has a space."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.france import france, placed
from tenants.directory.search import matching, shown
from tenants.hosts import commune_url, portal_url
from tenants.models import Commune, Space

PER_PAGE = 20
LONGEST_QUERY = 80


@dataclass(frozen=True, slots=True)
class Opened:
    """How many communes opened their space to the public, and their dots on the map."""

    count: int
    path: str


def landing(request: HttpRequest) -> HttpResponse:
    context = {"manifests": settings.CATALOGUE, "france": france(), "opened": opened()}
    return render(request, "portal/landing.html", context)


def opened() -> Opened:
    spots = Commune.objects.filter(space__state=Space.State.ACTIVE).values_list("latitude", "longitude")
    dots = {placed(latitude, longitude) for latitude, longitude in spots if latitude and longitude}
    return Opened(len(spots), "".join(sorted(dots)))


def modules(request: HttpRequest) -> HttpResponse:
    shown_modules = [
        {"manifest": manifest, "needs": settings.CATALOGUE.among(settings.CATALOGUE.needs(manifest.slug))}
        for manifest in settings.CATALOGUE
    ]
    return render(request, "portal/modules.html", {"modules": shown_modules})


def communes(request: HttpRequest) -> HttpResponse:
    """Find my commune, by name or postal code, over the whole directory."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
    rows = matching(query).select_related("space")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = [{"commune": shown(row), "url": commune_url(row, "/")} for row in page]
    context = {
        "q": query,
        "page": page,
        "found": found,
        "query": urlencode({"q": query}) + "&",
        "total": Commune.objects.count() if not query else 0,
    }
    return render(request, "portal/communes.html", context)


def unopened(request: HttpRequest) -> HttpResponse:
    """The directory's facts about a commune whose mairie has not opened its space."""
    response = render(request, "portal/unopened.html", {"portal": portal_url("/")})
    response["X-Robots-Tag"] = "noindex"
    return response
