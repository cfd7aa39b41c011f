"""A module that is off is nowhere, whatever the reason. Every face of it is found by walking and has its case."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse, set_urlconf
from django.utils import timezone

from core.catalogue import Area, Visibility
from core.catalogue.hooks import HOOKS
from core.delivery.letters import entries
from core.media.models import Asset
from core.tenancy.context import enter
from core.tenancy.due import dispatch, due
from core.tenancy.errors import ModuleIsOff
from core.tenancy.models import DueWork
from tenants.models import Space
from tenants.sites import sites
from tenants.switches import switch_off, switch_on
from tests.cast import Place
from tests.conftest import Neighbours
from tests.planting import WORD, Plot
from tests.probing import ask, copied, statements, told_apart, undone
from tests.walks import module_jobs, module_routes, owed_jobs, routes

Of = Callable[..., Client]
MODULES = sorted(settings.CATALOGUE.slugs)

# Who asks a hook, and what it hears of a module that is off: nothing, or (exports and erasures) as much as before.
ASKED_BY = {
    "home": "/",
    "home_actions": "/",
    "banner": "/",
    "tasks": "/mairie/",
    "search": f"/recherche/?q={WORD}",
    "first_steps": "/mairie/",
    "owns_media": f"/media/{uuid4()}/480.jpg",  # nobody's, so that no answer ends the round
}
HEARD_ALWAYS = {"personal_data", "erase", "holdings", "retention"}  # test_privacy.py, test_retention.py, console
BEFORE_ANY_SWITCH = {"opened"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A module in a commune full of objects, its administrator's browser, and the means to overhear its hooks."""

    slug: str
    place: Place
    plot: Plot
    browser: Client
    monkeypatch: pytest.MonkeyPatch

    def get(self, url: str) -> Any:
        return copied(self.browser).get(url)


# -- Every face of a module: how often it shows a sign of life


def _answers(surface: str) -> Callable[[Stage], int]:
    def count(stage: Stage) -> int:
        alive = 0
        for route in module_routes(stage.slug):
            if route.surface == surface:
                for method in ("get", "post"):
                    with undone():
                        answer = ask(stage.browser, method, route, stage.plot.url(route))
                    alive += answer.status_code != 404
        return alive

    return count


def _menus(stage: Stage) -> int:
    items = settings.CATALOGUE[stage.slug].navigation
    pages = {Area.PUBLIC: stage.get("/"), Area.OFFICE: stage.get("/mairie/")}
    hrefs = [(item.area, reverse(item.route, urlconf=settings.SITE_URLCONFS["space"])) for item in items]
    return sum(f'href="{href}"' in pages[area].content.decode() for area, href in hrefs)


def _hook(name: str) -> Callable[[Stage], int]:
    def count(stage: Stage) -> int:
        heard: list[Any] = []

        def overheard(*arguments: Any) -> Iterable[Any]:
            heard.append(arguments)
            return Visibility.UNKNOWN if name == "owns_media" else []

        with stage.monkeypatch.context() as patch:
            patch.setattr(import_module(f"modules.{stage.slug}.hooks"), name, overheard, raising=False)
            stage.get(ASKED_BY[name])
        return len(heard)

    return count


def _digest(stage: Stage) -> int:
    """What a letter says of the module: no page asks this, the job of each morning does."""
    now, heard = timezone.now(), []
    with stage.monkeypatch.context() as patch, enter(stage.place.schema_name):
        hooks = import_module(f"modules.{stage.slug}.hooks")
        patch.setattr(hooks, "digest", lambda since, until: heard.append(since) or [], raising=False)
        set_urlconf(settings.SITE_URLCONFS["space"])  # as the job does
        entries(now - timedelta(days=1), now)
        set_urlconf(None)
    return len(heard)


def _pictures(stage: Stage) -> int:
    """A picture that this module shows, and whatever the others would say of it."""
    owns = settings.CATALOGUE.hook(stage.slug, "owns_media")
    assert owns is not None
    with enter(stage.place.schema_name):
        assert owns(stage.plot[Asset].pk) is Visibility.PUBLIC, "plant a picture that the module shows to everybody"
    (media,) = [route for route in routes("space") if route.name == "media"]
    with stage.monkeypatch.context() as patch:
        for slug in set(MODULES) - {stage.slug}:
            others = import_module(f"modules.{slug}.hooks")
            patch.setattr(others, "owns_media", lambda asset_id: Visibility.UNKNOWN, raising=False)
        return int(ask(stage.browser, "get", media, stage.plot.url(media)).status_code == 200)


def _jobs(stage: Stage) -> int:
    ran = 0
    for job in module_jobs(stage.slug):
        with undone():
            try:
                job.apply(kwargs=stage.plot.arguments(job), headers={"space": stage.place.schema_name}, throw=True)
            except ModuleIsOff:
                continue
        ran += 1
    return ran


def _due_rows(stage: Stage) -> int:
    """Rows that the dispatcher queues; those it does not are parked."""
    with undone():
        DueWork.objects.all().delete()
        with enter(stage.place.schema_name):
            for job in owed_jobs(stage.slug):
                due(job.name, timezone.now())
        queued = dispatch()
        parked = DueWork.objects.filter(parked_at__isnull=False).count()
    assert queued + parked == len(owed_jobs(stage.slug))
    return queued


CASES: dict[str, Callable[[Stage], int]] = {
    "addresses of residents": _answers(""),
    "addresses of office": _answers("office"),
    "addresses of api": _answers("api"),
    "menus": _menus,
    "pictures": _pictures,
    "jobs": _jobs,
    "due rows": _due_rows,
    "hook digest": _digest,
    **{f"hook {name}": _hook(name) for name in ASKED_BY},
}


def kinds(slug: str) -> set[str]:
    """The faces that this module has, found by walking it."""
    found = {f"addresses of {route.surface or 'residents'}" for route in module_routes(slug)}
    found |= {f"hook {name}" for name in HOOKS if name not in HEARD_ALWAYS | BEFORE_ANY_SWITCH}
    found -= set() if settings.CATALOGUE[slug].topics else {"hook digest"}  # nobody can ask for its letters
    found |= {"jobs", "due rows"} if module_jobs(slug) else set()
    found |= {"menus"} if settings.CATALOGUE[slug].navigation else set()
    return found | ({"pictures"} if settings.CATALOGUE.hook(slug, "owns_media") else set())


# -- Why a module is off


def _switched_off(space: Space, slug: str) -> None:
    switch_off(space, slug, author="test")


def _not_entitled(space: Space, slug: str) -> None:
    space.entitlements.filter(module=slug).delete()
    space.changed()


def _entitled_no_more(space: Space, slug: str) -> None:
    space.entitlements.filter(module=slug).update(until=timezone.now() - timedelta(seconds=1))
    space.changed()


@pytest.fixture
def stage(one_way: Neighbours, client_of: Of, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Stage]:
    def set_for(slug: str) -> Stage:
        browser = client_of(one_way.victim.administrator)
        return Stage(slug, one_way.victim, one_way.victims, browser, monkeypatch)

    return set_for


@pytest.mark.parametrize("slug", MODULES)
def test_every_face_of_a_module_has_its_case(slug: str) -> None:
    assert kinds(slug) - set(CASES) == set()


@pytest.mark.parametrize("slug", MODULES)
def test_a_module_that_is_off_is_nowhere_and_on_again_is_as_it_was(stage: Callable[[str], Stage], slug: str) -> None:
    here = stage(slug)
    alive = {kind: CASES[kind](here) for kind in kinds(slug)}
    told_apart(Counter(alive), f"{slug} while on")
    for close in (_switched_off, _not_entitled, _entitled_no_more):
        with undone():
            close(here.place.space, slug)
            assert {kind: CASES[kind](here) for kind in kinds(slug)} == dict.fromkeys(kinds(slug), 0), close.__name__
        sites.clear()  # what was undone had a version that the next change has again
    switch_off(here.place.space, slug, author="test")
    switch_on(here.place.space, slug, author="test")
    assert {kind: CASES[kind](here) for kind in kinds(slug)} == alive


ADDRESSES = {"addresses of residents", "addresses of office", "addresses of api"}
ASKED = {"menus", "pictures", "hook digest", *(f"hook {name}" for name in ASKED_BY)}


@pytest.mark.parametrize(
    ("seam", "fault", "seen"),
    [
        ("tenants.middleware.module_of_namespaces", lambda namespaces: "", ADDRESSES),
        ("core.catalogue.Catalogue.among", lambda catalogue, slugs: list(catalogue), ASKED),
        (
            "tenants.registry.SpaceRegistry.is_on",
            lambda registry, schema_name, module: True,
            {"jobs", "due rows", "hook digest"},
        ),
    ],
)
def test_a_door_that_was_left_open_is_seen(
    stage: Callable[[str], Stage], seam: str, fault: Callable[..., Any], seen: set[str]
) -> None:
    here = stage("news")
    switch_off(here.place.space, "news", author="test")
    here.monkeypatch.setattr(seam, fault)
    assert {kind for kind in kinds("news") if CASES[kind](here)} == seen


def test_due_work_that_was_parked_is_due_again(stage: Callable[[str], Stage]) -> None:
    for slug in MODULES:
        here = stage(slug)
        with enter(here.place.schema_name):
            for job in owed_jobs(slug):
                due(job.name, timezone.now() + timedelta(hours=1))
        switch_off(here.place.space, slug, author="test")
        with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
            dispatch()
            switch_on(here.place.space, slug, author="test")
            assert dispatch() == len(owed_jobs(slug))


@pytest.mark.parametrize("slug", MODULES)
def test_an_entitlement_that_ends_closes_the_module_without_any_write(stage: Callable[[str], Stage], slug: str) -> None:
    here = stage(slug)
    space = here.place.space
    space.entitlements.filter(module=slug).update(until=timezone.now() + timedelta(hours=1))
    space.changed()
    anonymous = Client(headers={"host": here.place.host, "x-forwarded-proto": "https"})
    page = next(here.plot.url(route) for route in module_routes(slug) if not route.surface and not route.parameters)
    assert anonymous.get(page).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1), tick=False), statements() as made:
        assert anonymous.get(page).status_code == 404
        assert _jobs(here) == 0
    assert not [each.sql for each in made if each.writes]


@pytest.mark.parametrize("slug", MODULES)
def test_a_module_that_is_off_here_is_on_next_door(
    one_way: Neighbours, stage: Callable[[str], Stage], client_of: Of, slug: str
) -> None:
    here = stage(slug)
    switch_off(here.place.space, slug, author="test")
    browser = client_of(one_way.other.administrator)
    next_door = Stage(slug, one_way.other, one_way.others, browser, here.monkeypatch)
    assert all(CASES[kind](next_door) for kind in kinds(slug))
