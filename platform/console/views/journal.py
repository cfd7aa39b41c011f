"""What operators did, when, and where."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from console.journal import Line, Search, authors, verbs

PER_PAGE = 50


@never_cache
def journal(request: HttpRequest) -> HttpResponse:
    values = {name: _typed(request, name) for name in ("acte", "auteur", "commune")}
    search = Search(verb=values["acte"], author=values["auteur"], commune=values["commune"])
    page = Paginator(search.rows(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "verbs": verbs(),
        "authors": authors(),
        "page": page,
        "lines": [Line.of(entry) for entry in page],
        "query": urlencode({name: value for name, value in values.items() if value}) + "&",
    }
    return render(request, "console/journal.html", context)


def _typed(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "").replace("\0", " ").split())[:100]
