"""A commune asks for a quote, orders it, is invoiced; and changes its modules at the price that it was shown."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import DESK, PHONE, PLACE, Window
from tests.e2e.steps import press, sign_in, tab_to

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"
OFFICE = "/mairie/abonnement/"


def opened(page: Page, site: Address, path: str = OFFICE) -> None:
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, path))


def say_who(page: Page, form: Locator) -> None:
    """By keyboard; the references are those that the mairie gave before."""
    for label, text in (("Votre prénom et votre nom", "Ysaline Exemple"), ("Votre fonction", "Secrétaire de mairie")):
        tab_to(page, form.get_by_label(label))
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


def test_a_quote_is_asked_for_then_ordered_without_a_mouse_and_papers_are_downloaded(
    site: Address, window: Window, tmp_path: Path
) -> None:
    page = window(DESK)
    opened(page, site, f"{OFFICE}commander/")
    press(page, page.get_by_role("button", name="Voir le récapitulatif"))
    shown = (
        page.locator("dt", has_text="À payer pour la période")
        .locator("xpath=..")
        .locator("data")
        .get_attribute("value")
    )
    say_who(page, page.locator("#devis"))
    press(page, page.get_by_role("button", name="Recevoir un devis"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Devis DEV-")
    assert page.locator("dt", has_text="Hors taxes").locator("xpath=..").locator("data").get_attribute("value") == shown
    say_who(page, page.locator("main"))
    press(page, page.get_by_role("button", name="Commander", exact=True))
    expect(page.get_by_text("est reçue. Merci.")).to_be_visible()
    page.goto(site.url(PLACE, f"{OFFICE}documents/"))
    expect(page.get_by_text("Commande CMD-").first).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Projet de délibération (PDF)").first.click()
    kept = tmp_path / "deliberation.pdf"
    got.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF-")


def test_sms_are_ordered_on_a_phone_without_a_script_and_their_invoice_is_there(
    site: Address, window: Window, tmp_path: Path
) -> None:
    page = window(PHONE, java_script=False)
    opened(page, site, f"{OFFICE}sms/")
    page.get_by_role("radio").first.check()
    page.get_by_label("Votre fonction").fill("Secrétaire de mairie")
    page.get_by_role("button", name="Commander", exact=True).click()
    expect(page.get_by_text("Les SMS sont dans la réserve")).to_be_visible()
    page.goto(site.url(PLACE, f"{OFFICE}documents/?genre=factures"))
    with page.expect_download() as got:
        page.get_by_role("link", name="Télécharger (PDF)").first.click()
    kept = tmp_path / "facture.pdf"
    got.value.save_as(kept)
    assert b"factur-x.xml" in kept.read_bytes()


def test_a_module_is_taken_away_at_the_price_shown_live_and_the_credit_note_is_there(
    site: Address, window: Window
) -> None:
    page = window(DESK)
    opened(page, site, f"{OFFICE}modifier/")
    expect(page.get_by_text("Rien ne change encore.")).to_be_visible()
    accept = page.get_by_role("button", name="Accepter le changement")
    expect(accept).to_be_hidden()
    boxes = page.get_by_role("checkbox")
    for number in range(boxes.count()):
        if "Alertes" not in (boxes.nth(number).locator("xpath=..").inner_text()):
            boxes.nth(number).uncheck()
    told = page.get_by_role("status").get_by_text("En moins :")
    expect(told).to_be_visible()
    expect(page.get_by_text("Actualités, La commune : caché aux habitants")).to_be_visible()
    back = told.locator("data").first.get_attribute("value")
    accept.click()
    expect(page.get_by_text("les modules de l’abonnement ont changé")).to_be_visible()
    page.goto(site.url(PLACE, f"{OFFICE}documents/?genre=factures"))
    note = page.locator("li", has_text="Avoir AV-").first
    expect(note).to_be_visible()
    assert int(note.locator("data").first.get_attribute("value") or 0) < 0
    assert int(back or 0) > 0
