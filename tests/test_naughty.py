"""Whatever is typed, sent or written in an address: never a failure, and never more or less than what was typed."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from core.tenancy.here import OPERATOR
from portal.tests.journey import openings
from tests.cast import Cast, Place
from tests.conftest import Neighbours
from tests.probing import told_apart
from tests.typing_in import Typist, urls_of

On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    """Counters of this process, so that they can be put back to nothing; no line in a log for each refusal."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "naughty"}}
    settings.SMS_BREVO_KEY = "a-key"
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _typed(typist: Typist, kind: str, browsers: dict[str, tuple[Client, str]], urls: Any, least: int) -> None:
    targets = typist.find(kind, browsers, urls)
    for target in targets:
        typist.type_odd(target)
        typist.type_hostile(target)
    typist.probes[f"{kind} forms found"] = len(targets)
    typist.probes["fields"] = sum(len(each.form.fields) for each in targets)
    told_apart(typist.probes, f"naughty strings, {kind}")
    assert not typist.faults, "\n".join(typist.faults)
    assert len(targets) >= least


def _asked_for_a_code(browser: Client, path: str, email: str) -> Client:
    assert browser.post(path, {"email": email}).status_code == 302
    return browser


def test_a_commune_takes_or_refuses_whatever_is_typed(one_way: Neighbours, client_on: On, client_of: Of) -> None:
    place: Place = one_way.victim
    asking = _asked_for_a_code(client_on(place.host), "/connexion/", place.resident.email)
    moving = _asked_for_a_code(client_of(place.administrator), "/compte/adresse/", "nouvelle@exemple.fr")
    browsers = {
        "administrator": (client_of(place.administrator), "/"),
        "resident": (client_of(place.resident), "/compte/"),
        "anonymous": (client_on(place.host), "/"),
        "somebody who asked for a code": (asking, "/connexion/code/"),
        "somebody of a new address": (moving, "/compte/adresse/code/"),
    }
    _typed(Typist(place.space.here), "space", browsers, urls_of("space", one_way.victims), 40)


def test_the_console_takes_or_refuses_whatever_is_typed(cast: Cast, one_way: Neighbours, client_of: Of) -> None:
    _typed(
        Typist(OPERATOR),
        "console",
        {"operator": (client_of(cast.operator), "/")},
        urls_of("console", one_way.victims),
        5,
    )


def test_the_portal_takes_or_refuses_whatever_is_typed(cast: Cast, one_way: Neighbours, client_on: On) -> None:
    """At every step of an opening."""
    browsers, urls = openings(cast, client_on, urls_of("portal", one_way.victims))
    _typed(Typist(OPERATOR), "portal", browsers, urls, 6)


def test_a_commune_without_a_space_takes_or_refuses_whatever_is_typed(
    cast: Cast, one_way: Neighbours, client_on: On
) -> None:
    browsers = {"anonymous": (client_on(cast.calme_host), "/")}
    _typed(Typist(OPERATOR), "unopened", browsers, urls_of("unopened", one_way.victims), 1)
