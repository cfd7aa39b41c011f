"""Every subscription, with what it brings and what is not paid of it; the totals of the month."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.queries.days import supplier_today
from billing.queries.standing import State
from console.month import month_of
from console.subscriptions import Search, subscription_rows

PER_PAGE = 50


@never_cache
@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    every = subscription_rows()
    named = search.named(every)
    counts = Counter(row.standing.state for row in named)
    found = search.among(named)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "search": search,
        "filters": [_filter(search, "", "Tous", len(named))]
        + [
            _filter(search, state, state.label, counts[state])
            for state in State
            if counts[state] or state == search.state
        ],
        "page": page,
        "yearly": sum(row.yearly or 0 for row in found),
        "unpaid": sum(row.unpaid for row in found),
        "month": month_of(supplier_today()),
        "query": _query(search, search.state) + "&",
    }
    return render(request, "console/subscriptions.html", context)


def _filter(search: Search, state: str, label: str, count: int) -> dict[str, Any]:
    return {"label": label, "count": count, "current": state == search.state, "url": "?" + _query(search, state)}


def _search(request: HttpRequest) -> Search:
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    state = request.GET.get("etat", "")
    return Search(words, state if state in set(State) else "")


def _query(search: Search, state: str) -> str:
    return urlencode({name: value for name, value in {"q": search.words, "etat": state}.items() if value})
