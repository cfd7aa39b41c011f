"""Every form that keeps what is typed, whatever module it is of: left unsent, what was typed there comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PATIENCE
from tests.e2e.planted import Planted

pytestmark = pytest.mark.browser
At = Callable[..., Page]
TYPED = "Tapé et jamais envoyé"
BOXES = "form:has([data-draft]) :is(input[type=text], input[type=tel], input[type=date], textarea):visible"


def box(tab: Page) -> Locator:
    return tab.locator(BOXES).first


def forms(window: BrowserContext, planted: Planted) -> dict[str, Page]:
    """A tab of each, by where it keeps what is typed: two addresses of one form keep it together."""
    tabs: dict[str, Page] = {}
    for page in planted.pages:
        if page.kind == "space" and page.status == 200 and "drafts/autosave.html" in page.templates:
            tab = window.new_page()
            tab.goto(planted.address.url("aubin", page.path))
            known = tab.locator("[data-draft]").first.get_attribute("data-draft")
            if known in tabs or not box(tab).count():
                tab.close()
            else:
                tabs[str(known)] = tab
    return tabs


def test_what_was_typed_in_any_of_them_comes_back(at: At, planted: Planted) -> None:
    tabs = forms(at("administrator", "/mairie/").context, planted)
    assert len(tabs) > 10
    for tab in tabs.values():
        box(tab).fill("2027-03-01" if box(tab).get_attribute("type") == "date" else TYPED)
    for tab in tabs.values():
        expect(tab.get_by_text("Brouillon gardé à"), tab.url).to_be_visible(timeout=PATIENCE)
    for tab in tabs.values():
        typed = box(tab).input_value()
        tab.reload()
        tab.get_by_role("button", name="Reprendre").click()
        expect(box(tab), tab.url).to_have_value(typed)
