"""The preview of a space's looks, with a script and without."""

import pytest
from playwright.sync_api import Page

from core.web.colour import accent_theme
from deploy.local.address import Address
from deploy.local.visitor import Visitor
from tests.e2e.conftest import DESK, PHONE, PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"

AZUR = accent_theme("#1f5fa8")


def opened(page: Page, site: Address) -> None:
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, "/mairie/reglages/"))


def kept(site: Address) -> str:
    """The colours that everybody sees."""
    return Visitor(site).expect(site.url(PLACE, "/theme.css")).text


def test_the_preview_follows_each_choice_in_both_themes_and_keeps_nothing(site: Address, window: Window) -> None:
    page = window(DESK)
    opened(page, site)
    before = kept(site)
    assert not page.get_by_role("button", name="Voir l’aperçu").is_visible()
    page.get_by_role("radio", name="Azur").check()
    for colour in (AZUR.light, AZUR.dark):
        page.locator(f"#apercu [fill='{colour}']").first.wait_for()
    page.locator("input[type=color]").fill("#7f5400")
    page.locator(f"#apercu [fill='{accent_theme('#7f5400').dark}']").first.wait_for()
    assert page.get_by_role("radio", name="Une autre").is_checked()
    assert kept(site) == before


def test_without_a_script_a_button_shows_the_preview_and_another_keeps_it(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    opened(page, site)
    before = kept(site)
    page.get_by_role("radio", name="Azur").check()
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.locator(f"#apercu [fill='{AZUR.light}']").first.wait_for()
    assert page.get_by_role("radio", name="Azur").is_checked()
    assert kept(site) == before
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("voici votre espace").wait_for()
    assert AZUR.light in kept(site)
