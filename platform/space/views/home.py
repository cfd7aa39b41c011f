"""The commune's home, drawn for people without an account first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.catalogue import Group
from core.web.french import headline
from space.contributions import contributions


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    modules = site.space.modules
    found = sorted(contributions("home", modules, request.user), key=lambda each: each[1].order)
    has_news = any(manifest.group is Group.PUBLISH and not section.aside for manifest, section in found)
    context = {
        "headline": headline(site.commune.name, site.commune.population, has_news=has_news),
        "sections": [section for _, section in found if not section.aside],
        "asides": [section for _, section in found if section.aside],
        "cards": [card for _, card in contributions("home_actions", modules, request.user)],
    }
    return render(request, "space/home.html", context)
