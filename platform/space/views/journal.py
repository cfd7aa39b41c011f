"""Who did what in this space, and when."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.audit.models import Entry
from space.journal import lines

PAGE = 25


@never_cache
def journal(request: HttpRequest) -> HttpResponse:
    page = Paginator(Entry.objects.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "space/journal.html", {"page": page, "lines": lines(page)})
