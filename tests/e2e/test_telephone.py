"""A telephone without internet is told by SMS: the number, the code that comes, the places, and stopping."""

import pytest
from playwright.sync_api import Page, expect

from deploy.local.address import Address
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor
from tests.e2e.conftest import DESK, PHONE, PLACE, Window

pytestmark = pytest.mark.browser

ALONE, BY_SCRIPT = "06 39 98 00 01", "06 39 98 00 02"
PAGE = "/avertissements/telephone/"


def prove(page: Page, site: Address, number: str, button: str) -> None:
    letters = Letters(Visitor(site), number)
    page.goto(site.url(PLACE, PAGE))
    page.get_by_label("Votre numéro de mobile").fill(number)
    page.get_by_role("button", name=button).click()
    page.get_by_label("Le code reçu par SMS").fill(letters.code())
    page.get_by_role("button", name="Vérifier").click()
    page.wait_for_url(site.url(PLACE, f"{PAGE}choix/"))


@pytest.mark.parametrize(("number", "script"), [(ALONE, False), (BY_SCRIPT, True)])
def test_a_number_asks_chooses_its_places_and_stops(number: str, script: bool, site: Address, window: Window) -> None:
    page = window(PHONE, java_script=script)
    prove(page, site, number, "M’inscrire")
    expect(page.get_by_label("Alertes")).to_be_checked()
    place = page.get_by_role("group", name="Seulement ce qui touche ces lieux").get_by_role("checkbox").first
    place.check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(place).to_be_checked()

    desk = window(DESK, java_script=script)
    prove(desk, site, number, "Changer ou arrêter")
    expect(desk.get_by_label("Alertes")).to_be_checked()
    desk.get_by_role("button", name="Ne plus recevoir de SMS").click()
    desk.get_by_text("ne recevra plus de SMS").wait_for()
