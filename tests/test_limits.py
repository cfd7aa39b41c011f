"""What anybody may send without signing in has a limit on every route, and says so when it is reached."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import ask, face, told_apart, undone, unsafe_methods
from tests.walks import KINDS, Route, routes

On = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _narrow(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
    settings.ANONYMOUS_WRITES = 2


def faults(browser: Client, route: Route, url: str, settings: Any) -> list[str]:
    """What is wrong with the answer to one write too many."""
    for _ in range(settings.ANONYMOUS_WRITES + 1):
        with undone():
            last = ask(browser, unsafe_methods(route)[0], route, url)
    if last.status_code != 429:
        return [f"{route}: {last.status_code}"]
    program = route.path.startswith("api/")
    said = last.json()["error"]["code"] if program else last.content.decode()
    if ("throttled" if program else "Trop de demandes") not in said:
        return [f"{route}: says nothing"]
    told = int(last.headers.get("Retry-After", 0))
    return [] if 0 < told <= settings.ANONYMOUS_WINDOW else [f"{route}: come back in {told} s"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_write_without_signing_in_is_limited(
    cast: Cast, one_way: Neighbours, client_on: On, settings: Any, kind: str
) -> None:
    hosts = {
        "space": one_way.victim.host,
        "unopened": cast.calme_host,
        "portal": cast.portal_host,
        "console": cast.console_host,
    }
    probes: Counter[str] = Counter()
    unlimited = []
    for route in routes(kind):
        probes[face(route)] += 1
        unlimited += faults(client_on(hosts[kind]), route, one_way.victims.url(route), settings)
    told_apart(probes, f"limits of writes, {kind}")
    assert not unlimited


def test_who_is_signed_in_is_not_counted_with_strangers(cast: Cast, client_of: Callable[..., Client]) -> None:
    browser = client_of(cast.aubin.administrator)
    statuses = {browser.post("/mairie/reglages/").status_code for _ in range(4)}
    assert 429 not in statuses


def test_a_stranger_who_writes_too_much_still_reads(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert [browser.post("/connexion/").status_code for _ in range(3)][-1] == 429
    assert browser.get("/connexion/").status_code == 200
