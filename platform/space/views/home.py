"""The commune's home, drawn for people without an account first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.catalogue import Group
from core.web.french import headline
from space.contributions import contributions
from space.navigation import public_links, public_tabs


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    modules = site.space.modules
    found = sorted(contributions("home", modules, request.user), key=lambda each: each[1].order)
    has_news = any(manifest.group is Group.PUBLISH and not section.aside for manifest, section in found)
    raised = {tab.url for tab in public_tabs(public_links(modules, request.path)) if tab.raised}
    cards = [card for _, card in contributions("home_actions", modules, request.user)]
    context = {
        "headline": headline(site.commune.name, site.commune.population, has_news=has_news),
        "sections": [section for _, section in found if not section.aside],
        "asides": [section for _, section in found if section.aside],
        "cards": [(card, card.url in raised) for card in cards],
    }
    return render(request, "space/home.html", context)
