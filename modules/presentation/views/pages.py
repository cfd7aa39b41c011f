"""The pages of « La commune » for their residents."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.web.french import capitalised
from modules.presentation.models import PageVersion
from modules.presentation.queries.around import around
from modules.presentation.queries.blocks import shown_blocks
from modules.presentation.queries.directory import epci, unwritten
from modules.presentation.queries.here import facts_of, where
from modules.presentation.queries.pages import moved_to, online_page, online_pages


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """The commune in one page: what the mairie says of it, its other pages, and what daily life needs."""
    version, others = online_pages()
    context = summary_context(request, version)
    context["pages"] = others
    return render(request, "presentation/page.html", context)


def summary_context(request: HttpRequest, version: PageVersion | None) -> dict[str, Any]:
    facts = facts_of(request)
    return {
        "version": version or unwritten(facts),
        "blocks": shown_blocks(version, where(request)) if version else [],
        "epci": capitalised(epci(facts.epci_name)),
        "postal_codes": ", ".join(facts.postal_codes),
        **around(timezone.now(), where(request)),
    }


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A page, or where it went."""
    version = online_page(slug)
    if version is None:
        address = moved_to(slug)
        if address is None:
            raise Http404(slug)
        return HttpResponsePermanentRedirect(address)
    context = {"version": version, "blocks": shown_blocks(version, where(request))}
    return render(request, "presentation/detail.html", context)
