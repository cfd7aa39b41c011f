"""A formatted text is written in a browser: typed, formatted, pasted from Word, sent; and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.richtext.tests.test_cleaning import WORD

pytestmark = pytest.mark.browser
At = Callable[..., Page]
PAGE = "/mairie/style/fichiers/"
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const box = document.querySelector("#id_story");
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def emptied(page: Page) -> Page:
    expect(page.get_by_role("toolbar").first).to_be_visible()
    page.get_by_role("textbox", name="Texte", exact=True).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    return page


def sent(page: Page) -> str:
    page.get_by_role("button", name="Voir ce qui serait gardé").click()
    page.wait_for_load_state()
    return page.locator(".prose").first.inner_html()


def test_a_text_is_typed_and_formatted_with_the_keyboard_alone(at: At) -> None:
    page = emptied(at("administrator", PAGE))
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.keyboard.type("Un ")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Gras").first).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("mot")
    page.keyboard.press("ControlOrMeta+b")
    page.keyboard.press("Enter")
    page.keyboard.type("- premier")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Texte", exact=True)).not_to_be_focused()
    assert sent(page) == "<p>Un <strong>mot</strong></p><ul><li>premier</li></ul>"
    assert not faults


def test_a_link_leads_somewhere_or_is_refused(at: At) -> None:
    page = emptied(at("administrator", PAGE))
    page.keyboard.type("Ici")
    page.keyboard.press("ControlOrMeta+a")
    page.get_by_role("button", name="Lien", exact=True).first.click()
    page.get_by_label("Adresse du lien").first.fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cette adresse ne mène nulle part").first).to_be_visible()
    page.get_by_label("Adresse du lien").first.fill("lac.example/plan")
    page.keyboard.press("Enter")
    assert sent(page) == '<p><a href="https://lac.example/plan">Ici</a></p>'


def test_what_is_pasted_from_word_is_what_its_author_meant(at: At) -> None:
    page = emptied(at("administrator", PAGE))
    page.evaluate(PASTE, WORD)
    box = page.locator("#id_story")
    expect(box.get_by_role("listitem")).to_have_count(5)
    assert "mso" not in box.inner_html()
    found = sent(page)
    assert found.startswith("<h3>Travaux rue du Lac</h3><p><strong>La rue</strong> sera <em>fermée</em> le ")
    assert '<a href="https://lac.example/plan?a=1&amp;b=2">le plan</a>' in found
    lists = (
        "<ul><li>Côté pair<ul><li>Du 1 au 9</li></ul></li><li>Côté impair</li></ul><ol><li>Appeler</li><li>Venir</li>"
    )
    assert found.endswith(f"{lists}</ol>")


def test_what_is_undone_is_done_again(at: At) -> None:
    page = emptied(at("administrator", PAGE))
    page.keyboard.type("Bonjour")
    page.get_by_role("toolbar").first.get_by_role("button", name="Annuler").click()
    expect(page.locator("#id_story")).not_to_contain_text("Bonjour")
    page.get_by_role("toolbar").first.get_by_role("button", name="Rétablir").click()
    expect(page.locator("#id_story")).to_contain_text("Bonjour")


def test_the_name_the_help_and_the_errors_are_the_editors(at: At) -> None:
    page = at("administrator", PAGE)
    box = page.get_by_role("textbox", name="Texte", exact=True)
    expect(box).to_have_accessible_description("Collez depuis Word : le texte est nettoyé.")
    wrong = page.get_by_role("textbox", name="Texte trop long")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    page.locator("label", has_text="Texte").first.click()
    expect(box).to_be_focused()


def test_without_script_a_text_is_typed_as_plain_and_keeps_what_was_formatted(at: At) -> None:
    page = at("administrator", PAGE, java_script=False)
    area = page.get_by_label("Texte", exact=True)
    expect(area).to_contain_text("- Deux passages")
    assert "<strong>travaux</strong>" in sent(page)
    page.get_by_label("Texte", exact=True).fill("Un\n\n- deux")
    assert sent(page) == "<p>Un</p><ul><li>deux</li></ul>"


def test_what_was_not_sent_is_offered_again_and_comes_back_formatted(at: At) -> None:
    page = emptied(at("editor", PAGE))
    page.keyboard.type("Un texte")
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible(timeout=15_000)
    page.reload()
    page.get_by_role("button", name="Reprendre").click()
    expect(page.locator("#id_story")).to_have_text("Un texte")
    assert sent(page) == "<p>Un texte</p>"
    page.goto(page.url)
    expect(page.get_by_role("toolbar").first).to_be_visible()
    expect(page.get_by_role("button", name="Reprendre")).to_be_hidden()


def test_without_a_connection_nothing_is_lost(at: At) -> None:
    page = emptied(at("editor", PAGE))
    page.context.set_offline(True)
    page.keyboard.type("Hors ligne")
    expect(page.get_by_text("Pas encore gardé : hors connexion")).to_be_visible(timeout=15_000)
    page.context.set_offline(False)
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible(timeout=30_000)
    page.reload()
    page.get_by_role("button", name="Effacer").click()
    page.reload()
    expect(page.get_by_role("toolbar").first).to_be_visible()
    expect(page.get_by_role("button", name="Reprendre")).to_be_hidden()
