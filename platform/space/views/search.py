"""Search across what the person may see."""

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.catalogue import SearchResult
from core.web.throttle import client_address, too_many
from space.contributions import contributions

SHORTEST, LONGEST = 2, 100
KEPT, PAGE = 200, 20
PER_MINUTE = 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Ask every module that is on, merge by rank. `state` is what the page says when there is nothing to list."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    words = typed[:LONGEST]
    context: dict[str, Any] = {"query": words, "shortened": len(typed) > LONGEST}
    status = 200
    if not words:
        context["state"] = "empty"
    elif len(words) < SHORTEST:
        context["state"] = "short"
    elif too_many("search", client_address(request), limit=PER_MINUTE, seconds=60):
        context["state"], status = "throttled", 429
    else:
        page = Paginator(found(request, words), PAGE).get_page(request.GET.get("page"))
        context |= {
            "state": "found" if page.paginator.count else "nothing",
            "page": page,
            "paging": f"{urlencode({'q': words})}&",
        }
    response = render(request, "space/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def found(request: HttpRequest, words: str) -> list[SearchResult]:
    site: Any = request.site
    everything = contributions("search", site.space.modules, words, request.user)
    return sorted((result for _, result in islice(everything, KEPT)), key=lambda result: -result.rank)
