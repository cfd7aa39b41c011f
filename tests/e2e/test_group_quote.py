"""A group chooses its communes, then what each of them takes; the price follows, with a script or without."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import PHONE, Window

pytestmark = pytest.mark.browser

VAISON = "/devis/intercommunalite/248400335/"
ROAIX, ENTRECHAUX = "D’autres modules : Roaix", "D’autres modules : Entrechaux"


def priced(page: Page) -> int:
    """Cents a year, without tax."""
    said = page.locator(".due .sums b data").get_attribute("value")
    assert said
    return int(said)


def test_communes_are_counted_as_they_are_ticked(site: Address, window: Window) -> None:
    page = window(PHONE)
    page.goto(site.url("", VAISON))
    count = page.get_by_role("status").filter(has_text="choisie")
    expect(count).to_have_text("19 communes choisies")
    page.get_by_role("button", name="Tout décocher").click()
    expect(count).to_contain_text("Aucune commune choisie")
    page.get_by_label("Roaix", exact=True).check()
    expect(count).to_have_text("1 commune choisie")
    page.get_by_role("button", name="Tout cocher").click()
    expect(count).to_have_text("19 communes choisies")


def test_a_commune_set_apart_begins_as_the_others_and_the_price_follows(site: Address, window: Window) -> None:
    page = window(PHONE)
    page.goto(site.url("", f"{VAISON}modules/?c=84098&c=84044"))
    before = priced(page)
    page.get_by_text("Choisir commune par commune").click()
    with page.expect_response(lambda response: "/prix/" in response.url) as asked:
        page.get_by_label(ROAIX).check()
    assert parse_qs(urlsplit(asked.value.url).query)["own"] == ["84098.4"]
    boxes = page.get_by_role("group", name="Les modules : Roaix")
    expect(boxes.get_by_label("La commune")).to_be_checked()
    assert priced(page) == before
    with page.expect_response(lambda response: "/prix/" in response.url):
        boxes.get_by_label("Alertes").check()
    expect(page.locator(".due dt", has_text="Alertes").first).to_be_visible()
    assert priced(page) > before
    with page.expect_response(lambda response: "/prix/" in response.url):
        page.get_by_label(ROAIX).uncheck()
    expect(page.locator(".due dt", has_text="Alertes")).to_have_count(0)
    expect(boxes).to_be_hidden()
    assert priced(page) == before


def test_without_a_script_a_button_shows_the_modules_of_a_commune(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    page.goto(site.url("", VAISON))
    expect(page.get_by_role("button", name="Tout cocher")).to_be_hidden()
    page.get_by_role("button", name="Choisir les modules").click()
    before = priced(page)
    page.get_by_text("Choisir commune par commune").click()
    page.get_by_label(ENTRECHAUX).check()
    page.get_by_role("button", name="Montrer leurs modules").click()
    boxes = page.get_by_role("group", name="Les modules : Entrechaux")
    boxes.get_by_label("La commune").uncheck()
    expect(boxes).to_contain_text("cette commune n’est pas dans le devis")
    page.get_by_role("button", name="Mettre le prix à jour").click()
    expect(page.get_by_text("Sans module, donc hors du devis : Entrechaux.")).to_be_visible()
    assert priced(page) < before
