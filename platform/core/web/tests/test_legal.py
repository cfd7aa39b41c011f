"""What the law asks of every public site, on each host, without inventing anything."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

On = Callable[[str], Client]
HOSTS = ["beffroi.test", "aubin.beffroi.test", "calme.beffroi.test", "doux.beffroi.test"]
PATHS = {"/mentions-legales/", "/donnees-personnelles/", "/accessibilite/"}


@pytest.mark.parametrize("host", HOSTS)
def test_every_public_site_has_its_legal_pages(host: str, cast: Cast, client_on: On) -> None:
    for path in PATHS:
        assert client_on(host).get(path).status_code == 200, path


@pytest.mark.parametrize("host", HOSTS[:3])
def test_every_footer_leads_there(host: str, cast: Cast, client_on: On) -> None:
    page = client_on(host).get("/").content.decode()
    assert all(f'href="{path}"' in page for path in PATHS)
    assert re.search(r"Accessibilité\s: non conforme", page)


@pytest.mark.parametrize("host", HOSTS)
def test_without_an_audit_a_site_is_said_to_conform_to_nothing(host: str, cast: Cast, client_on: On) -> None:
    page = client_on(host).get("/accessibilite/").content.decode()
    assert re.search(r"non conforme\s: aucun audit n’a encore été fait", page)
    assert "partiellement" not in page


def test_a_space_is_the_communes_and_another_page_the_operators(cast: Cast, client_on: On) -> None:
    space = client_on(cast.aubin.host).get("/mentions-legales/").content.decode()
    assert "La commune de Saint" in space
    assert "mairie@aubin.example" in space
    assert "La commune" not in client_on(cast.calme_host).get("/mentions-legales/").content.decode()


def test_what_the_operator_did_not_say_is_said_to_be_missing(cast: Cast, client_on: On, settings: Any) -> None:
    browser = client_on(cast.portal_host)
    assert "n’a pas encore indiqué son hébergeur" in browser.get("/mentions-legales/").content.decode()
    settings.HOSTING_IDENTITY = "Hébergeur d’essai, 1 rue de l’Exemple, 80000 Amiens"
    assert "1 rue de l’Exemple" in browser.get("/mentions-legales/").content.decode()


def test_only_the_modules_that_are_on_are_told(cast: Cast, client_on: On, settings: Any) -> None:
    page = client_on(cast.aubin.host).get("/donnees-personnelles/").content.decode()
    assert settings.CATALOGUE["news"].label in page
    assert "Conservation" not in client_on(cast.portal_host).get("/donnees-personnelles/").content.decode()
