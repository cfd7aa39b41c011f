"""Whatever is written in an address, its path or its query: an answer, never a failure."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls.resolvers import RoutePattern

from core.api.schema import schema_of
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.found_forms import encoded
from tests.naughty import DEEP, HOSTILE, ODD, VALUES
from tests.probing import copied, face, told_apart, undone, unsafe_methods
from tests.typing_in import attacks
from tests.walks import Route, routes

On = Callable[[str], Client]
Of = Callable[..., Client]

LONGEST = 2000  # no server takes a longer address
TEXTS = {what: value[:LONGEST] for what, value in {**ODD, **HOSTILE}.items()}
BODIES_OF_PROGRAMS = {"deep": DEEP, "a list": b"[1]", "half": b'{"title": "a', "no UTF-8": b'{"title": "\xff"}'}
# Names that any route may be asked with, besides those that it asks for itself.
NAMES = {"q", "page", "next"}
BADLY_WRITTEN = "q=%ff%fe&page=%c3%28&%00=%00&=&next&q&" + "&".join(["page=a"] * 20)


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    """Nothing is counted, and no line in a log for each refusal."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def everybody(cast: Cast, one_way: Neighbours, client_on: On, client_of: Of) -> dict[str, Client]:
    """Who may read most, on each kind of site."""
    return {
        "space": client_of(one_way.victim.administrator),
        "console": client_of(cast.operator),
        "portal": client_on(cast.portal_host),
        "unopened": client_on(cast.calme_host),
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that code asks of a query."""
    names: set[str] = set()
    for method in ("get", "getlist", "__getitem__", "__contains__"):
        own = getattr(QueryDict, method)

        def noting(self: Any, key: str, *more: Any, _own: Any = own, **named: Any) -> Any:
            names.add(str(key))
            return _own(self, key, *more, **named)

        monkeypatch.setattr(QueryDict, method, noting, raising=False)
    return names


def faults_of(browser: Client, method: str, url: str, what: str, body: Any = b"", kind: str = "") -> Iterator[str]:
    with undone():
        try:
            answer = copied(browser).generic(method, url, body, content_type=kind or "application/octet-stream")
        except Exception as error:
            yield f"{method} {url[:80]}, {what}: {type(error).__name__}: {error}"[:300]
            return
        for close in answer._resource_closers:  # its files; closing the answer would close the database too
            close()
        yield from (f"{method} {url[:80]}, {what}: {fault}" for fault in attacks(answer))


def test_no_query_breaks_a_page(one_way: Neighbours, everybody: dict[str, Client], asked: set[str]) -> None:
    probes: Counter[str] = Counter()
    faults: list[str] = []
    texts = list(TEXTS.items())
    for kind, browser in everybody.items():
        for route in routes(kind):
            url = one_way.victims.url(route)
            asked.clear()
            faults += faults_of(browser, "GET", url, "as it is")
            names = sorted(asked - {"csrfmiddlewaretoken"} | NAMES)
            probes[f"{kind} names"] += len(asked)
            for start in range(0, len(texts), len(names)):
                said = list(zip(names, texts[start : start + len(names)], strict=False))
                query = encoded([(name, value) for name, (_, value) in said])
                probes[f"{kind} queries"] += 1
                faults += faults_of(browser, "GET", f"{url}?{query}", ", ".join(what for _, (what, _) in said))
            faults += faults_of(browser, "GET", f"{url}?{BADLY_WRITTEN}", BADLY_WRITTEN)
    told_apart(probes, "queries", "space names", "space queries", "portal names", "console names")
    assert not faults, "\n".join(faults)


def test_no_path_breaks_a_page(one_way: Neighbours, everybody: dict[str, Client]) -> None:
    probes: Counter[str] = Counter()
    faults: list[str] = []
    for kind, browser in everybody.items():
        for route in routes(kind):
            for what, text in TEXTS.items() if route.parameters else ():
                probes[kind] += 1
                faults += faults_of(browser, "GET", _spoilt(one_way, route, text), what)
    told_apart(probes, "paths", "space", "portal", "console")
    assert not faults, "\n".join(faults)


def _spoilt(here: Neighbours, route: Route, text: str) -> str:
    """The route's address with this text in place of its parameters."""
    url, written = here.victims.url(route), quote(text, safe="", errors="surrogatepass")
    if not isinstance(route.pattern.pattern, RoutePattern):
        return f"/{written}{url}"
    parts = url.split("/")
    fixed = set(route.path.replace("^", "").split("/"))
    return "/".join(part if part in fixed else written for part in parts)


def test_no_body_breaks_the_api(one_way: Neighbours, everybody: dict[str, Client]) -> None:
    """Every field that the description names, with every value; then bodies that are no object."""
    described = schema_of(frozenset(settings.CATALOGUE.slugs))
    fields = {name for schema in described["components"]["schemas"].values() for name in schema.get("properties", {})}
    probes: Counter[str] = Counter()
    faults: list[str] = []
    for route in routes("space"):
        if face(route) != "rest":
            continue
        url = one_way.victims.url(route)
        for method in unsafe_methods(route):
            for what, value in {**VALUES, **ODD, **HOSTILE}.items():
                probes[method.upper()] += 1
                body = json.dumps(dict.fromkeys(sorted(fields), value)) if what != "a number" else _endless(fields)
                faults += faults_of(everybody["space"], method.upper(), url, what, body, "application/json")
            for what, body in BODIES_OF_PROGRAMS.items():
                faults += faults_of(everybody["space"], method.upper(), url, what, body, "application/json")
    told_apart(probes, "bodies of the API")
    assert not faults, "\n".join(faults)


def _endless(fields: set[str]) -> str:
    return "{" + ", ".join(f'"{name}": {"9" * 5000}' for name in sorted(fields)) + "}"
