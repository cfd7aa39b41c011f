"""The operator's view of the directory."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenants.directory.search import matching
from tenants.models import Commune, Space

PER_PAGE = 50
STATES = {"": "Toutes", "unopened": "Non ouvertes", **dict(Space.State.choices)}


def communes(request: HttpRequest) -> HttpResponse:
    """Every commune, by state and by name or postal code."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:80]
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    rows = (matching(query) if query else Commune.objects.order_by("sort_key", "insee")).select_related("space")
    if state:
        rows = rows.filter(space__isnull=True) if state == "unopened" else rows.filter(space__state=state)
    counts = Commune.objects.aggregate(
        all=Count("pk"),
        unopened=Count("pk", filter=Q(space__isnull=True)),
        **{each: Count("pk", filter=Q(space__state=each)) for each in Space.State.values},
    )
    filters = [
        {"state": key, "label": label, "count": counts[key or "all"], "current": key == state, "url": _url(query, key)}
        for key, label in STATES.items()
    ]
    context = {
        "q": query,
        "state": state,
        "filters": filters,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"q": query, "etat": state}) + "&",
    }
    return render(request, "console/communes.html", context)


def _url(query: str, state: str) -> str:
    return "?" + urlencode({"q": query, "etat": state})
