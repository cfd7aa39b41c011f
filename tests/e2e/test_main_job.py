"""The main job in Chromium, on a commune drawn at random among the 34,969."""

import os
import random
from re import compile as pattern

import pytest
from playwright.sync_api import Page, Response

from deploy.demo.pictures import drawn
from deploy.local.address import Address
from deploy.local.chance import Found, unopened
from deploy.local.visitor import Visitor
from tests.e2e.conftest import PHONE, Window
from tests.e2e.steps import open_by_keyboard, sign_in_as_operator

TITLE = "La fontaine est hors gel"
ALT = "La fontaine de pierre sur la place"

pytestmark = pytest.mark.browser


@pytest.fixture
def commune(site: Address) -> Found:
    """A commune that nobody opened yet; SEED draws the same one again."""
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    found = unopened(Visitor(site), seed)
    print(f"SEED={seed} draws {found}")  # noqa: T201 - shown with a failure
    return found


def test_a_mairie_opens_its_space_with_the_keyboard_and_its_news_are_read_on_a_phone(
    site: Address, window: Window, commune: Found
) -> None:
    home = site.url(commune.slug)
    mairie, resident, operator = window(), window(PHONE), window()
    open_by_keyboard(mairie, site, commune)
    assert mairie.url == site.url(commune.slug, "/mairie/")
    assert _status(resident.goto(home)) == 404

    sign_in_as_operator(operator, site)
    operator.get_by_role("link", name=pattern(f"^Comparer : .*{commune.name}")).click()
    operator.get_by_role("button", name="Accepter le mandat").click()
    operator.get_by_role("heading", name="Mandat accepté").wait_for()
    assert _status(resident.goto(home)) == 200

    address = _publish(mairie, site, commune)
    _read_on_a_phone(resident, home, address)

    _switch(mairie, site, commune, "Désactiver")
    assert _status(resident.goto(address)) == 404
    _switch(mairie, site, commune, "Activer")
    assert _status(resident.goto(address)) == 200


def _status(response: Response | None) -> int:
    assert response is not None
    return response.status


def _publish(page: Page, site: Address, commune: Found) -> str:
    """Write and publish an item with a picture; give the address that the page draws for a phone."""
    page.goto(site.url(commune.slug, "/mairie/actualites/nouvelle/"))
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Résumé").fill("L’eau coule de nouveau sur la place.")
    page.get_by_label("Texte").fill("Elle est hors gel.\n\nMerci de ne pas y laver vos outils.")
    picture = drawn("fountain", "mountain", "day", commune.insee).getvalue()
    file = {"name": "fontaine.png", "mimeType": "image/png", "buffer": picture}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".chosen").get_by_label("Description de l’image").fill(ALT)
    page.get_by_role("button", name="Publier maintenant").click()
    page.get_by_role("heading", name="Voir sur mon téléphone").wait_for()
    code = page.locator("svg.code")
    assert code.is_visible()
    assert code.evaluate("drawing => drawing.getBoundingClientRect().width") >= 120
    address = page.get_by_role("link", name=site.url(commune.slug, "/actualites/")).get_attribute("href")
    assert address is not None
    return address


def _read_on_a_phone(page: Page, home: str, address: str) -> None:
    page.goto(home)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()
    assert page.url == address
    picture = page.get_by_role("img", name=ALT)
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 100
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def _switch(page: Page, site: Address, commune: Found, verb: str) -> None:
    page.goto(site.url(commune.slug, "/mairie/modules/"))
    page.get_by_role("button", name=f"{verb} : Actualités").click()
    page.get_by_role("button", name=f"{'Activer' if verb == 'Désactiver' else 'Désactiver'} : Actualités").wait_for()
