"""A commune asks for a quote, orders it, is invoiced; and changes its modules at the price that it was shown."""

import pytest
from playwright.sync_api import Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import DESK, PHONE, PLACE, At, Window
from tests.e2e.steps import press, sign_in, tab_to

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"
OFFICE = "/mairie/abonnement/"


def opened(page: Page, site: Address, path: str = OFFICE) -> None:
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, path))


def siret(page: Page) -> str:
    """One that the page takes: fourteen digits whose key holds, of this commune."""
    typed = page.get_by_label("Numéro SIRET")
    return typed.input_value()


def total(page: Page) -> str:
    """What is to be paid for the period, as the page says it."""
    return page.locator(".facts > div", has_text="Total").last.locator("data").inner_text()


def say_who(page: Page, number: str) -> None:
    page.get_by_label("Votre prénom et votre nom").fill("Ysaline Personne-Fictive")
    page.get_by_label("Votre fonction").fill("Secrétaire de mairie")
    if page.get_by_label("Numéro SIRET").count():
        page.get_by_label("Numéro SIRET").fill(number)
