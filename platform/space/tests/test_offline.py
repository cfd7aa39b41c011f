"""What a space gives to be read without a network."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client

from core.accounts.models import User
from core.tenancy.context import enter
from space.actions import turn_off
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]


def build(browser: Client) -> dict[str, Any]:
    answer = browser.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, no-cache"
    found = re.search(r"^const BUILD = (\{.*\});$", answer.content.decode(), re.MULTILINE)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_everything_the_worker_keeps_at_once_is_there_and_nobodys(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    shell = build(browser)["shell"]
    files = [path.removeprefix("/static/") for path in shell if path.startswith("/static/")]
    assert files
    assert all(finders.find(path) for path in files)
    for path in (path for path in shell if not path.startswith("/static/")):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "private" not in answer["Cache-Control"], path


def test_the_page_without_a_network_is_the_same_for_everybody_who_asks_without_a_cookie(
    cast: Cast, client_on: On
) -> None:
    text = client_on(cast.aubin.host).get("/hors-ligne/").content.decode()
    assert "Pas de réseau" in text
    assert "Réessayer" in text


def test_a_module_switched_off_leaves_the_devices_that_read_it(cast: Cast, client_on: On) -> None:
    """The worker's name for the kept pages changes, and the old ones go."""
    before = build(client_on(cast.aubin.host))
    with enter(cast.aubin.schema_name):
        turn_off(cast.aubin.space, "news", author=User.objects.get(pk=cast.aubin.administrator.id))
    after = build(client_on(cast.aubin.host))
    assert before["pages"] != after["pages"]
    assert before["version"] != after["version"]


def test_the_worker_is_the_same_for_whoever_is_signed_in(cast: Cast, client_on: On, client_of: Of) -> None:
    """Else each visit would take a new one."""
    assert build(client_on(cast.aubin.host)) == build(client_of(cast.aubin.administrator))


def test_personal_pages_are_never_kept(cast: Cast, client_on: On) -> None:
    personal = build(client_on(cast.aubin.host))["personal"]
    assert {"/mairie/", "/compte/", "/connexion/", "/recherche/"} <= set(personal)


def test_the_app_on_a_phone_has_the_communes_name_and_its_modules_as_shortcuts(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    manifest = browser.get("/manifest.webmanifest").json()
    assert manifest["name"] == manifest["short_name"] == "Saint-Aubin"
    assert [each["url"] for each in manifest["shortcuts"]]
    assert all(browser.get(each["url"]).status_code == 200 for each in manifest["shortcuts"])
    assert all(browser.get(each["src"]).status_code == 200 for each in manifest["icons"])
