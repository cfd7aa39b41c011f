"""axe finds nothing on pages as the demo fills them, in both themes and sizes; test_tour.py walks all the others."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import DESK, PHONE, PLACE, Window
from tests.e2e.steps import sign_in, sign_in_as_operator

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"

EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Colours that are on their way from one theme to the other are no colours of the page.
STILL = "reduce"
NARROW = (320, 640)
SMALLEST = 14
SMALL_TEXTS = """least => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const drawn = holder.closest("svg, script, style, .sr") === null && holder.checkVisibility();
    if (drawn && walker.currentNode.data.trim() && parseFloat(getComputedStyle(holder).fontSize) < least)
      found.add(walker.currentNode.data.trim());
  }
  return [...found];
}"""

STRANGER = ["/", "/actualites/", "/commune/", "/recherche/", "/recherche/?q=fontaine", "/recherche/?q=zzzz",
            "/connexion/", "/arrivee/", "/arrivee/?jeton=x", "/nulle-part/"]  # fmt: skip
OFFICE = ["/mairie/", "/mairie/habitants/", "/mairie/actualites/", "/"]
PORTAL = ["/", "/communes/?q=saint"]
CONSOLE = ["/", "/mandats/"]


def faults(page: Page) -> Iterator[str]:
    """What axe finds in both themes at both sizes, what is too small to read, what leaves a narrow screen."""
    axe = Axe()
    for size, scheme, rules in (
        (PHONE, "light", EVERYTHING),
        (PHONE, "dark", COLOURS),
        (DESK, "dark", EVERYTHING),
        (DESK, "light", COLOURS),
    ):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for violation in axe.run(page, options=rules).response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            yield f"{page.url} {scheme} {size[0]}: {violation['id']} {targets}"
        if small := page.evaluate(SMALL_TEXTS, SMALLEST):
            yield f"{page.url} {size[0]}: under {SMALLEST} px: {small}"
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW[0]:
        yield f"{page.url}: {wide} px wide on a screen of {NARROW[0]}"


def walked(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += list(faults(page))
    print(f"{len(addresses)} pages")  # noqa: T201
    return found


def test_a_strangers_pages_are_accessible(site: Address, window: Window) -> None:
    page = window(PHONE, reduced_motion=STILL)
    page.goto(site.url(PLACE, "/actualites/"))
    item = page.locator(".rows a").first.get_attribute("href")
    assert walked(page, [site.url(PLACE, path) for path in [*STRANGER, str(item)]]) == []


def test_the_mairies_pages_are_accessible(site: Address, window: Window) -> None:
    page = window(DESK, reduced_motion=STILL)
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, "/mairie/habitants/"))
    person = page.locator(".rows a").first.get_attribute("href")
    assert walked(page, [site.url(PLACE, path) for path in [*OFFICE, str(person)]]) == []


def test_the_portals_pages_are_accessible(site: Address, window: Window) -> None:
    page = window(DESK, reduced_motion=STILL)
    addresses = [site.url("", path) for path in PORTAL] + [site.url("gap")]
    assert walked(page, addresses) == []


def test_the_consoles_pages_are_accessible(site: Address, window: Window) -> None:
    page = window(DESK, reduced_motion=STILL)
    sign_in_as_operator(page, site)
    assert walked(page, [site.url("console", path) for path in CONSOLE]) == []


def test_pages_with_errors_are_accessible_and_lead_to_them(site: Address, window: Window) -> None:
    page = window(PHONE, reduced_motion=STILL)
    page.goto(site.url(PLACE, "/connexion/"))
    page.get_by_role("button", name="Recevoir le code").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert list(faults(page)) == []
    page.get_by_role("link", name="Votre adresse e-mail").click()
    expect(page.get_by_label("Votre adresse e-mail")).to_be_focused()


def test_a_keyboard_reaches_the_content_at_its_first_stop(site: Address, window: Window) -> None:
    page = window(DESK, reduced_motion=STILL)
    page.goto(site.url(PLACE))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
