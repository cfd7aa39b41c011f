"""Opening the demo's communes: each in one transaction, from its schema to its last item."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings

from billing.actions import grant_trial
from core.accounts.models import User
from core.media.files import files_in_transaction
from core.tenancy.context import enter
from deploy.demo import news, people
from deploy.demo.clock import at
from deploy.demo.texts import Place
from modules.presentation import actions as presentation
from modules.presentation.models import CommunePage
from space.actions import dress, tune
from tenants.hosts import space_url
from tenants.models import Commune, Space
from tenants.opening import open_space
from tenants.sites import commune_facts
from tenants.switches import switch_on


def open_place(place: Place, now: datetime) -> Space:
    """Open the place with its people, its page and its news."""
    pictures = news.draw(place)
    commune = Commune.objects.get(slug=place.slug)
    opened = now - timedelta(days=place.opened)
    with files_in_transaction():
        with at(opened):
            space = open_with_everything(commune)
        with enter(space.schema_name):
            team = people.hire(place.staff, place.slug, opened)
            with at(opened + timedelta(days=1)):
                _furnish(space, place, team[0])
            people.settle(place, team[0], now)
            news.write(place, team, pictures, now)
    return space


def open_with_everything(commune: Commune) -> Space:
    """Open a commune with every module on."""
    space = open_space(commune, is_demo=True)
    grant_trial(space, author="demo")
    for slug in sorted(settings.CATALOGUE.slugs):
        switch_on(space, slug, author="demo")
    with enter(space.schema_name):
        for manifest in settings.CATALOGUE:
            if opened := settings.CATALOGUE.hook(manifest.slug, "opened"):
                opened(commune_facts(commune))
    return space


def _furnish(space: Space, place: Place, administrator: User) -> None:
    choices = {name: getattr(place, name) for name in ("accent", "arms_pattern", "arms_figure", "landscape")}
    dress(space, choices, author=administrator)
    tune(space, "news", {"home_items": place.home_items, "show_author": True}, author=administrator)
    _revise(space, presentation.Content(**asdict(place.page)), _links(space, place), administrator)


def keep_links(space: Space, place: Place) -> None:
    """Point the page's links at the space again when the demo answers on another address than it did."""
    with enter(space.schema_name):
        page = CommunePage.objects.prefetch_related("links").get()
        wanted, found = _links(space, place), [link.url for link in page.links.all()]
        moved = [link.url for link in wanted] != found and _paths(found) == _paths(link.url for link in wanted)
        author = User.objects.filter(email=f"{place.staff[0].email}@{place.slug}.example").first()
        if moved and author:
            names = presentation.Content.__dataclass_fields__
            _revise(space, presentation.Content(**{name: getattr(page, name) for name in names}), wanted, author)


def _links(space: Space, place: Place) -> list[presentation.Link]:
    return [presentation.Link(link.label, space_url(space, link.path)) for link in place.links]


def _paths(urls: Iterable[str]) -> list[str]:
    return ["/".join(url.split("/")[3:]) for url in urls]


def _revise(space: Space, content: presentation.Content, links: list[presentation.Link], author: User) -> None:
    assert space.commune is not None
    version = CommunePage.objects.values_list("version", flat=True).get()
    facts = commune_facts(space.commune)
    presentation.revise(facts=facts, version=version, content=content, links=links, author=author)
