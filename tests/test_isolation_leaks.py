"""The walks see: a leak planted at each seam is reported, and the same code without its fault is not."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from core.catalogue import Viewer
from core.tenancy.context import enter
from modules.news import hooks
from tests.conftest import Browsers, Neighbours
from tests.planting import WORD, Plot
from tests.probing import ADMINISTRATOR, Walk, run_jobs
from tests.walks import commune_jobs, routes


def _walk(both: Neighbours, browsers: Browsers, plot: Plot, *, writing: bool = False) -> Walk:
    """Over the neighbour's site, as its own administrator."""
    everybody = browsers(both.other.host, stranger=both.victim.administrator, administrator=both.other.administrator)
    walk = Walk(both.victims)
    walk.over("space", plot, {ADMINISTRATOR: everybody[ADMINISTRATOR]}, writing=writing)
    return walk


@pytest.mark.parametrize("keyed", [True, False])
def test_a_cache_that_forgets_the_commune_is_seen(
    one_way: Neighbours,
    browsers: Browsers,
    client_on: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    keyed: bool,
) -> None:
    search = hooks.search

    def remembered(words: str, viewer: Viewer) -> Iterable[Any]:
        found = cache.get("found")
        if found is None:
            found = list(search(words, viewer))
            cache.set("found", found, 60)
        return list(found)

    monkeypatch.setattr(hooks, "search", remembered)
    if not keyed:
        settings.CACHES = {
            "default": {
                **settings.CACHES["default"],
                "KEY_FUNCTION": "django.core.cache.backends.base.default_key_func",
            }
        }
    client_on(one_way.victim.host).get("/recherche/", {"q": WORD})
    leaks = {leak.where for leak in _walk(one_way, browsers, one_way.others).leaks}
    assert leaks == (set() if keyed else {"GET space: space:search /recherche/"})


def _route(name: str) -> Any:
    return next(route for route in routes("space") if route.name == name)


def test_a_view_that_enters_another_commune_is_seen(
    one_way: Neighbours, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = _route("news:list")
    view = route.pattern.callback

    def astray(request: Any, **kwargs: Any) -> Any:
        with enter(one_way.victim.schema_name):
            return view(request, **kwargs)

    astray.access = view.access  # type: ignore[attr-defined]
    monkeypatch.setattr(route.pattern, "callback", astray)
    leaks = _walk(one_way, browsers, one_way.others).leaks
    assert {leak.where for leak in leaks} == {f"GET {route}"}
    assert {leak.what.partition(" zq")[0] for leak in leaks} == {"saw", "ran a statement in another commune"}


def test_a_view_that_writes_into_another_schema_is_seen(
    one_way: Neighbours, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = _route("news-office:list")
    view = route.pattern.callback

    def vandal(request: Any, **kwargs: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f'update "{one_way.victim.schema_name}".news_newsitem set version = version + 1')
        return view(request, **kwargs)

    vandal.access = view.access  # type: ignore[attr-defined]
    monkeypatch.setattr(route.pattern, "callback", vandal)
    leaks = _walk(one_way, browsers, one_way.others, writing=True).leaks
    assert [(leak.where, leak.what) for leak in leaks] == [(f"POST {route}", "changed another commune")]


def test_a_view_that_answers_for_another_communes_object_is_seen(
    one_way: Neighbours, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = _route("news:item")
    view = _route("news:list").pattern.callback

    def credulous(request: Any, key: Any) -> Any:
        return view(request)

    credulous.access = view.access  # type: ignore[attr-defined]
    monkeypatch.setattr(route.pattern, "callback", credulous)
    leaks = _walk(one_way, browsers, one_way.victims).leaks
    assert {leak.what for leak in leaks} == {"answered 200 for another commune's object"}


def test_a_job_that_ignores_its_commune_is_seen(one_way: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    job = next(job for job in commune_jobs() if job.name == "delivery.send_outbox")
    work = job.run

    def astray() -> Any:
        with enter(one_way.victim.schema_name):
            return work()

    monkeypatch.setattr(job, "run", astray)
    walk = Walk(one_way.victims)
    run_jobs(walk, one_way.others)
    assert {leak.where for leak in walk.leaks} == {job.name}
    assert {leak.what.partition(" zq")[0] for leak in walk.leaks} == {
        "changed another commune",
        "ran a statement in another commune",
        "wrote of",
    }
