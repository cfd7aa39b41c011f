"""Every refusal on every kind of host: its code, a French sentence, the site's look, and nothing of our insides."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as known
from django.test import Client

from core.tenancy.context import enter
from tests.cast import Cast

PORTAL, SPACE, CONSOLE, UNOPENED = "beffroi.test", "aubin.beffroi.test", "console.beffroi.test", "calme.beffroi.test"
HOSTS = (PORTAL, SPACE, CONSOLE, UNOPENED)
FORM = {PORTAL: "/ouvrir/23031/", SPACE: "/connexion/", CONSOLE: "/connexion/", UNOPENED: "/prevenir/"}
INSIDES = ("Traceback", "RuntimeError", "broken on purpose", "django", "/platform/", "psycopg", "Exception")


def browser_on(host: str, **more: Any) -> Client:
    return Client(headers={"host": host, "x-forwarded-proto": "https"}, raise_request_exception=False, **more)


def check(answer: Any, status: int, words: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == status
    assert '<html lang="fr"' in page
    assert words in page
    assert re.search(r"<h1>[^<]+</h1>\s*<p>[^<]+</p>", page)
    assert "/static/web/css/base.css" in page
    assert 'href="/"' in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert not [word for word in INSIDES if word in page.replace("</h1>", "")]


@pytest.mark.parametrize("host", HOSTS)
def test_400_a_body_that_cannot_be_read(host: str, cast: Cast) -> None:
    answer = browser_on(host).generic("POST", FORM[host], b"x", content_type="multipart/form-data; boundary=\xe9")
    check(answer, 400, "Cette demande n’a pas pu être lue")


@pytest.mark.parametrize("host", HOSTS)
def test_403_a_form_from_elsewhere(host: str, cast: Cast) -> None:
    browser = browser_on(host, enforce_csrf_checks=True)
    answer = browser.post(FORM[host], {}, headers={"origin": "https://ailleurs.example"})
    check(answer, 403, "Ce formulaire n’est plus valable")


def test_403_a_page_that_is_not_ones_own(cast: Cast, client_of: Callable[..., Client]) -> None:
    check(client_of(cast.aubin.resident).get("/mairie/"), 403, "Cette page ne vous est pas ouverte")


@pytest.mark.parametrize("host", HOSTS)
def test_404_an_address_that_leads_nowhere(host: str, cast: Cast) -> None:
    check(browser_on(host).get("/nulle-part/"), 404, "Cette page n’existe pas")


@pytest.mark.parametrize("host", HOSTS)
def test_405_a_method_that_the_address_does_not_know(host: str, cast: Cast) -> None:
    answer = browser_on(host).post("/mentions-legales/")
    check(answer, 405, "Cette adresse ne répond pas à cette demande")
    assert answer["Allow"] == "GET, HEAD"


def test_410_what_was_withdrawn(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        from core.accounts.models import User
        from modules.news import actions
        from modules.news.actions import Content
        from modules.news.models import Theme

        author = User.objects.get(pk=cast.aubin.administrator.id)
        key = uuid4()
        actions.write(content=Content("Titre", "Résumé", "", Theme.WORKS), author=author, key=key)
        actions.publish(key=key, author=author)
        actions.unpublish(key=key, author=author)
    check(browser_on(SPACE).get(f"/actualites/{key}/"), 410, "a été retirée")
    answer = browser_on(SPACE).get(f"/api/v1/actualites/{key}/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "gone")


@pytest.mark.parametrize("host", HOSTS)
def test_413_a_form_that_is_too_long(host: str, cast: Cast, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = "name=" + "a" * 5000
    answer = browser_on(host).generic("POST", FORM[host], body, content_type="application/x-www-form-urlencoded")
    check(answer, 413, "trop long")


@pytest.mark.parametrize("host", HOSTS)
def test_429_too_much_at_once(host: str, cast: Cast, settings: Any) -> None:
    settings.ANONYMOUS_WRITES = 0
    answer = browser_on(host).post(FORM[host], {})
    check(answer, 429, "Trop de demandes à la suite")
    assert answer["Retry-After"] == str(known.ANONYMOUS_WINDOW)


@pytest.mark.parametrize("host", HOSTS)
def test_500_a_fault_of_ours(host: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("core.web.legal._page", broken)
    check(browser_on(host).get("/mentions-legales/"), 500, "Une erreur s’est produite")


@pytest.mark.parametrize("host", [PORTAL, SPACE, UNOPENED])
def test_503_an_upkeep(host: str, cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MAINTENANCE_FILE = str(tmp_path / "maintenance")
    Path(settings.MAINTENANCE_FILE).touch()
    check(browser_on(host).get("/"), 503, "Nous revenons bientôt")


@pytest.mark.parametrize(("status", "address", "method"), [
    (404, "/api/v1/nulle-part/", "get"),
    (405, "/api/v1/schema/", "post"),
])  # fmt: skip
def test_a_program_is_refused_in_json(status: int, address: str, method: str, cast: Cast) -> None:
    answer = getattr(browser_on(SPACE), method)(address)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "fields"}
