"""The commune's app without a network."""

import pytest
from playwright.sync_api import Page

from deploy.local.address import Address
from tests.e2e.conftest import PHONE, PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = pytest.mark.browser

HEADLINE = "La fontaine du haut coule de nouveau"
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return found.flat().map((request) => new URL(request.url).pathname);
}"""


def followed(page: Page, site: Address) -> None:
    """Open the home and wait until the worker answers for it."""
    page.goto(site.url(PLACE))
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def kept(page: Page) -> set[str]:
    found: list[str] = page.evaluate(KEPT)
    return set(found)


def test_what_was_read_is_read_again_without_a_network(site: Address, window: Window) -> None:
    page = window(PHONE)
    followed(page, site)
    page.goto(site.url(PLACE))
    page.get_by_role("link", name=HEADLINE).click()
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
    read = page.url
    page.wait_for_function(f"({KEPT})().then((paths) => paths.length >= 2)")
    page.context.set_offline(True)
    page.goto(site.url(PLACE))
    page.get_by_role("link", name=HEADLINE).wait_for()
    page.goto(read)
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
    assert "Atkinson" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.goto(site.url(PLACE, "/recherche/"))
    page.get_by_role("heading", level=1, name="Pas de réseau").wait_for()
    page.get_by_role("link", name=HEADLINE).click()
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()


def test_nothing_of_a_person_who_is_signed_in_is_kept_and_signing_out_forgets_all(
    site: Address, window: Window
) -> None:
    page = window()
    followed(page, site)
    for path in ("/", "/actualites/"):
        page.goto(site.url(PLACE, path))
    page.wait_for_function(f"({KEPT})().then((paths) => paths.length === 2)")
    sign_in(page, site, f"secretaire@{PLACE}.example", PLACE)
    for path in ("/commune/", "/compte/", "/mairie/"):
        page.goto(site.url(PLACE, path))
    assert kept(page) == {"/", "/actualites/"}
    page.goto(site.url(PLACE, "/compte/"))
    page.get_by_role("button", name="Se déconnecter", exact=True).first.click()
    page.wait_for_url(site.url(PLACE))
    assert "/actualites/" not in kept(page)
