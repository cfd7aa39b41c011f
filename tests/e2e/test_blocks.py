"""The blocks of a page are put in order with the keyboard and with the pointer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
At = Callable[..., Page]


def desk(page: Page) -> Page:
    """A page of three blocks, begun by its forms."""
    page.get_by_label("Titre").first.fill("Notre moulin")
    page.get_by_role("button", name="Commencer la page").click()
    for words in ("Un", "Deux", "Trois"):
        page.get_by_role("link", name="Citation", exact=True).click()
        page.get_by_label("Citation").fill(words)
        page.get_by_role("button", name="Ajouter", exact=True).click()
    return page


def order(page: Page) -> list[str]:
    return page.locator("ol.blocks blockquote").all_inner_texts()


def test_a_block_is_moved_with_the_keyboard_and_with_the_pointer(at: At) -> None:
    page = desk(at("administrator", "/mairie/commune/pages/nouvelle/"))
    assert order(page) == ["Un", "Deux", "Trois"]
    grips = page.locator(".grip")
    said = page.locator("p[aria-live]")
    grips.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text("Place 2 sur 3.")
    page.keyboard.press("Escape")
    assert order(page) == ["Un", "Deux", "Trois"]
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/ordre/") as kept:
        page.keyboard.press("Space")
    assert kept.value.status == 200
    page.reload()
    assert order(page) == ["Deux", "Un", "Trois"]
    above = page.locator("ol.blocks > li").nth(0)
    above.scroll_into_view_if_needed()
    grip, target = grips.nth(1).bounding_box(), above.bounding_box()
    assert grip
    assert target
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, target["y"] + 100, steps=6)
    page.mouse.move(grip["x"] + 20, target["y"] + 20, steps=6)
    with page.expect_response("**/ordre/"):
        page.mouse.up()
    page.reload()
    assert order(page) == ["Un", "Deux", "Trois"]
