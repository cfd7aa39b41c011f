"""An invoice is paid, or is not, on the page of this machine's Stripe, which tells Beffroi so by itself; and a mandate
is given and taken back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import DESK, PHONE, PLACE, Window
from tests.e2e.steps import reload_until, sign_in

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"
OFFICE = "/mairie/abonnement/"
KEPT = "Un moyen de paiement est enregistré."


def invoiced(page: Page, site: Address) -> str:
    """Buy SMS, which are asked for at once; give the number of the invoice."""
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, f"{OFFICE}sms/"))
    page.get_by_role("radio").first.check()
    page.get_by_label("Votre fonction").fill("Secrétaire de mairie")
    page.get_by_role("button", name="Commander", exact=True).click()
    expect(page.get_by_text("Les SMS sont dans la réserve")).to_be_visible()
    page.goto(site.url(PLACE, f"{OFFICE}documents/?genre=factures"))
    number = re.search(r"FAC-\d{4}-\d+", page.get_by_role("main").inner_text())
    assert number
    return number[0]


def owed(page: Page, number: str) -> Locator:
    """The invoice among what is to be paid."""
    asked = page.locator("section", has=page.get_by_role("heading", name="À payer", exact=True))
    return asked.get_by_role("listitem").filter(has_text=number)


def go_and_pay(page: Page, site: Address, number: str) -> None:
    """As far as the page of who collects."""
    page.goto(site.url(PLACE, OFFICE))
    owed(page, number).get_by_role("button", name="Payer en ligne").click()
    expect(page.get_by_role("heading", name="Payer une facture")).to_be_visible()
    assert page.url.startswith(site.stripe_url)
    expect(page.get_by_text(number)).to_be_visible()


def state_of(page: Page, site: Address, number: str) -> Locator:
    """What the list of papers says of it."""
    page.goto(site.url(PLACE, f"{OFFICE}documents/?genre=factures"))
    return page.get_by_role("listitem").filter(has_text=number).locator(".chip")


def test_an_invoice_is_paid_by_card_on_a_phone(site: Address, window: Window) -> None:
    page = window(PHONE)
    number = invoiced(page, site)
    go_and_pay(page, site, number)
    page.get_by_label("Carte bancaire").check()
    page.get_by_role("button", name=re.compile("^Payer")).click()
    page.wait_for_url(f"{site.url(PLACE, OFFICE)}?paye=*")
    reload_until(page, page.get_by_text(f"La facture {number} est payée. Merci."))
    expect(owed(page, number)).to_have_count(0)
    expect(state_of(page, site, number)).to_have_text("payée")


def test_who_is_refused_then_gives_up_still_owes_and_is_told_so_without_a_script(site: Address, window: Window) -> None:
    page = window(DESK, java_script=False)
    number = invoiced(page, site)
    go_and_pay(page, site, number)
    page.get_by_role("button", name="Refuser").click()
    expect(page.get_by_role("alert")).to_contain_text("Le moyen de paiement a été refusé.")
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text(f"La facture {number} n’est pas payée, et rien n’est débité.")).to_be_visible()
    expect(owed(page, number).get_by_role("button", name="Payer en ligne")).to_be_visible()
    expect(state_of(page, site, number)).to_contain_text("à payer avant le")


def test_a_debit_that_a_bank_has_is_not_asked_for_twice_then_is_received(site: Address, window: Window) -> None:
    page, bank = window(DESK), window(DESK)
    number = invoiced(page, site)
    bank.goto(site.stripe_url)
    go_and_pay(page, site, number)
    page.get_by_label("Prélèvement SEPA").check()
    page.get_by_role("button", name=re.compile("^Payer")).click()
    page.wait_for_url(f"{site.url(PLACE, OFFICE)}?paye=*")
    reload_until(page, owed(page, number).get_by_text("paiement en cours à la banque"))
    expect(owed(page, number).get_by_role("button", name="Payer en ligne")).to_have_count(0)
    bank.reload()
    bank.get_by_role("button", name="Encaisser").first.click()
    reload_until(page, page.get_by_text(f"La facture {number} est payée. Merci."))
    expect(state_of(page, site, number)).to_have_text("payée")


def test_a_mandate_is_given_and_taken_back(site: Address, window: Window) -> None:
    page = window(PHONE)
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, f"{OFFICE}paiement/"))
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page.get_by_role("button", name="Donner un mandat SEPA ou une carte").click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Aucun nouveau moyen de paiement n’est enregistré")).to_be_visible()
    page.get_by_role("button", name="Donner un mandat SEPA ou une carte").click()
    page.get_by_label("Prélèvement SEPA").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"{site.url(PLACE, OFFICE)}paiement/*")
    reload_until(page, page.get_by_text(KEPT))
    page.get_by_role("button", name="Voir ou retirer mes moyens de paiement").click()
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("button", name="Revenir à l’abonnement").click()
    reload_until(page, page.get_by_role("button", name="Donner un mandat SEPA ou une carte"))
    expect(page.get_by_text(KEPT)).to_have_count(0)
