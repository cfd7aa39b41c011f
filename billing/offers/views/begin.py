"""For which commune, or which intercommunality."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.offers.groups import groups_named
from tenants.directory.search import LONGEST, find, matching, resembling, shown

PER_PAGE, SUGGESTED, GUESSES = 20, 6, 6


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Find a commune by name or postal code, a mistyped name being guessed, or an EPCI by name."""
    query = typed(request)
    page = Paginator(matching(query), PER_PAGE).get_page(request.GET.get("page"))
    guessed = bool(query) and not page.paginator.count
    rows = resembling(query, limit=GUESSES) if guessed else page.object_list
    context: dict[str, Any] = {
        "q": query,
        "page": page,
        "rows": [shown(row) for row in rows],
        "groups": groups_named(query) if page.number == 1 else [],
        "guessed": guessed,
        "query": urlencode({"q": query}) + "&",
    }
    return render(request, "offers/begin.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first answers, as the list that the search box shows while one types."""
    query = typed(request)
    answers = find(query, limit=SUGGESTED)
    context = {"q": query, "rows": answers.found, "guessed": answers.guessed, "groups": groups_named(query)[:2]}
    response = render(request, "offers/_suggestions.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


def typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
