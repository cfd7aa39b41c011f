"""The page about the commune, for its residents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.web.french import capitalised
from modules.presentation.queries.around import around
from modules.presentation.queries.directory import epci
from modules.presentation.queries.page import page_or_first
from modules.presentation.views.shown import facts_of, shown, where


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    facts = facts_of(request)
    found = page_or_first(facts)
    known = {"epci": capitalised(epci(facts.epci_name)), "postal_codes": ", ".join(facts.postal_codes)}
    return render(request, "presentation/page.html", shown(found) | known | around(timezone.now(), where(request)))
