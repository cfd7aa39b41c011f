"""The commune's home, drawn for people without an account first."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.catalogue import Card, Group
from core.delivery.topics import topics_of
from core.web.french import headline
from space.contributions import contributions
from space.navigation import Link, public_links, public_tabs


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    cards = [card for _, card in contributions("home_actions", site.space.modules, request.user)]
    links = public_links(site.space.modules, request.path)
    return render(request, "space/home.html", drawn(site, request.user, links, cards))


@require_safe
def rubrics(request: HttpRequest) -> HttpResponse:
    """Every page of the space, behind « Plus »."""
    return render(request, "space/rubrics.html")


def drawn(site: Any, viewer: Any, links: list[Link], cards: Iterable[Card]) -> dict[str, Any]:
    """What the home shows; an action that is raised in the bar is not drawn twice on a phone."""
    found = sorted(contributions("home", site.space.modules, viewer), key=lambda each: each[1].order)
    has_news = any(manifest.group is Group.PUBLISH and not section.aside for manifest, section in found)
    raised = {tab.url for tab in public_tabs(links) if tab.raised}
    return {
        "headline": headline(site.commune.name, site.commune.population, has_news=has_news),
        "sections": [section for _, section in found if not section.aside],
        "asides": [section for _, section in found if section.aside],
        "can_tell": bool(topics_of(site.space.modules)),
        "cards": [(card, card.url in raised) for card in cards],
    }
