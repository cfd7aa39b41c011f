"""Every answer of every kind of site protects whoever reads it: no route forgets a header."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import ask, told_apart, undone
from tests.walks import routes

On = Callable[[str], Client]
Of = Callable[..., Client]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
CSP = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"}
# A file that somebody sent: nothing in it acts, and other sites may show what is public.
FILE = {"default-src 'none'", "sandbox"}
# A page that shows another site's video names it.
FRAMED = re.compile(r"frame-src( https://[a-z0-9.-]+)+")
DENIED = {"camera=()", "microphone=()", "geolocation=()"}


def faults(response: Any) -> list[str]:
    """What an answer lacks."""
    policy = {each.strip() for each in response.headers.get("Content-Security-Policy", "").split(";")}
    shared = ALWAYS | {"Cross-Origin-Resource-Policy": "cross-origin"} if policy == FILE else ALWAYS
    found = [name for name, value in ALWAYS.items() if response.headers.get(name) not in {value, shared[name]}]
    found += [] if policy == FILE else sorted(CSP - policy)
    named = [each for each in policy if not FRAMED.fullmatch(each)]
    found += [each for each in named if "unsafe" in each or "*" in each or "http" in each]
    if not {each.strip() for each in response.headers.get("Permissions-Policy", "").split(",")} >= DENIED:
        found.append("Permissions-Policy")
    if "Cache-Control" not in response.headers:
        found.append("Cache-Control")
    return found + [f"cookie {name}" for name, morsel in response.cookies.items() if not _is_guarded(name, morsel)]


def _is_guarded(name: str, morsel: Any) -> bool:
    """One that is taken back says nothing a script could read."""
    held = morsel["secure"] and morsel["path"] == "/" and not morsel["domain"] and morsel["samesite"] == "Lax"
    return name.startswith("__Host-") and bool(held and (morsel["httponly"] or morsel["max-age"] == 0))


def test_every_answer_has_its_headers(cast: Cast, one_way: Neighbours, client_on: On, client_of: Of) -> None:
    people = {
        "space": [client_on(one_way.victim.host), client_of(one_way.victim.administrator)],
        "console": [client_on(cast.console_host), client_of(cast.operator)],
        "portal": [client_on(cast.portal_host)],
        "unopened": [client_on(cast.calme_host)],
    }
    probes: Counter[str] = Counter()
    wrong: list[str] = []
    for kind, browsers in people.items():
        for route in routes(kind):
            for browser in browsers:
                for method in ("get", "post"):
                    probes[kind] += 1
                    with undone():
                        response = ask(browser, method, route, one_way.victims.url(route))
                    wrong += [f"{method.upper()} {route}: {fault}" for fault in faults(response)]
                    known = settings.SESSION_COOKIE_NAME in browser.cookies or response.cookies
                    kept = response.headers.get("Cache-Control", "")
                    if known and not any(word in kept for word in ("private", "public", "no-store")):
                        wrong.append(f"{method.upper()} {route}: {kept!r} for somebody who is known")
    told_apart(probes, "headers")
    assert not wrong


def test_a_page_for_one_person_is_kept_by_nobody(cast: Cast, client_of: Of) -> None:
    for path in ("/", "/actualites/", "/compte/", "/mairie/", "/mairie/reglages/", "/nulle-part/"):
        assert "no-store" in client_of(cast.aubin.administrator).get(path)["Cache-Control"], path


def test_what_sets_a_cookie_is_kept_by_nobody(cast: Cast, client_on: On) -> None:
    answer = client_on(cast.aubin.host).get("/connexion/")
    assert answer.cookies
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("host", ["nobody.beffroi.test", "beffroi.test.evil.example", "aubin.beffroi.test"])
def test_a_refusal_has_the_headers_too(host: str, cast: Cast, client_on: On) -> None:
    answer = client_on(host).get("/nulle-part/")
    assert answer.status_code in {400, 404}
    assert not faults(answer)


def test_a_static_file_and_a_sign_of_life_have_them_too(cast: Cast, client_on: On) -> None:
    file = client_on("beffroi.test").get("/static/web/css/base.css")
    assert b"".join(file.streaming_content)
    assert not faults(file)
    assert not faults(client_on("beffroi.test").get("/healthz"))


def test_a_style_that_lacks_a_header_is_seen(client_on: On, settings: Any) -> None:
    settings.PERMISSIONS_POLICY = "camera=(self)"
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'", "'unsafe-inline'"]}}
    found = faults(client_on("beffroi.test").get("/healthz"))
    assert {"Permissions-Policy", "X-Content-Type-Options", "style-src 'self'"} <= set(found)
    assert any("unsafe" in each for each in found)
