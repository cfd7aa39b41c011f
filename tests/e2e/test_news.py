"""A piece of news, from the person who writes it to the person who reads it, and back."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from core.media.tests.documents import pdf
from deploy.demo.pictures import drawn
from tests.e2e.conftest import complaint
from tests.e2e.planted import Planted

pytestmark = pytest.mark.browser
At = Callable[..., Page]

TITLE = "Le lavoir retrouve son toit"
ALT = "Le lavoir couvert de tuiles neuves"
PAPER = "Plan des travaux"
VIDEO = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
FRAMED = "www.youtube-nocookie.com"
FETCHED = """address => fetch(address).then(async answer =>
  [answer.status, answer.headers.get("content-type"), (await answer.text()).slice(0, 5)])"""


@pytest.fixture
def watched(at: At, planted: Planted) -> Iterator[At]:
    """As `at`; no page may meet an error or ask anything of another machine, unless somebody clicked on its video."""
    faults: list[str] = []
    asked: list[str] = []

    def hear(request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if request.url.startswith("http") and not host.endswith(planted.address.domain):
            asked.append(host)

    def outside(route: Route) -> None:
        route.fulfill(body="<p>Film</p>", content_type="text/html")

    def go(who: str, path: str) -> Page:
        page = at(who, path)
        page.context.route(re.compile(rf"^https://{re.escape(FRAMED)}/"), outside)
        page.context.on("request", hear)
        page.context.on("weberror", lambda error: faults.append(str(error.error)))
        page.on("console", lambda said: faults.extend(complaint(said)))
        page.reload()
        return page

    yield go
    assert faults == []
    assert set(asked) <= {FRAMED}


def write(page: Page) -> str:
    """Formatted words, a described picture, a PDF and a video, sent to validation; gives the item's page."""
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Résumé").fill("Il est couvert de tuiles neuves.")
    page.get_by_role("textbox", name=re.compile("^Texte")).click()
    page.keyboard.type("Il est de nouveau ")
    page.keyboard.press("ControlOrMeta+b")
    page.keyboard.type("ouvert")
    files = page.locator("input[name=attachments]")
    picture = drawn("fountain", "mountain", "day", TITLE).getvalue()
    files.set_input_files([{"name": "lavoir.png", "mimeType": "image/png", "buffer": picture}])
    page.locator("li.asset", has_text="lavoir.png").get_by_label("Description de l’image").fill(ALT)
    files.set_input_files([{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf("Plan du lavoir")}])
    paper = page.locator("li.asset", has_text="plan.pdf")
    paper.get_by_label("Légende").fill(PAPER)
    page.get_by_text("Plus de choix").click()
    page.get_by_label("Vidéo d’un autre site").fill(VIDEO)
    page.get_by_role("button", name="Envoyer à valider").click()
    expect(page.get_by_text("C’est envoyé")).to_be_visible()
    return urlsplit(page.url).path


def give_back(page: Page) -> None:
    page.get_by_role("link", name="Rendre à son auteur").click()
    page.get_by_label("Ce qu’il faut corriger").fill("La date manque")
    page.get_by_role("button", name="Rendre", exact=True).click()
    expect(page.get_by_text("C’est rendu")).to_be_visible()


def publish(page: Page) -> str:
    page.get_by_role("link", name="Publier", exact=True).click()
    page.get_by_label("Prévenir les habitants").check()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("heading", name="C’est en ligne")).to_be_visible()
    return urlsplit(page.get_by_role("link", name="Lire l’actualité").get_attribute("href") or "").path


def read(page: Page) -> None:
    """Everything is shown, and the other site's video is asked for by a click alone."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".prose strong")).to_have_text("ouvert")
    picture = page.get_by_role("img", name=ALT)
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 300
    paper = page.get_by_role("link", name=PAPER)
    expect(paper).to_contain_text("1 page")
    assert page.evaluate(FETCHED, paper.get_attribute("href")) == [200, "application/pdf", "%PDF-"]
    expect(page.get_by_text("rien n’en est chargé avant votre clic")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(page.frames) == 1
    with page.expect_request(re.compile(FRAMED)):
        page.get_by_role("link", name="Regarder la vidéo").click()
    expect(page.frame_locator("iframe").get_by_text("Film", exact=True)).to_be_visible()


def who_were_told(page: Page) -> list[str]:
    """Without how often it was read, which the same paragraph begins with and which grows by itself."""
    said = page.get_by_text("Prévenus le").all_inner_texts()
    return [each[each.index("Prévenus le") :] for each in said]


def correct(page: Page) -> None:
    page.get_by_role("link", name="Corriger", exact=True).click()
    expect(page.get_by_text("Personne n’est prévenu une deuxième fois")).to_be_visible()
    expect(page.get_by_label("Prévenir les habitants")).to_have_count(0)
    page.get_by_label("Résumé").fill("Il est couvert d’ardoises neuves.")
    page.get_by_role("button", name="Corriger", exact=True).click()
    expect(page.get_by_text("C’est corrigé")).to_be_visible()
    expect(page.get_by_text("Corrigée le")).to_be_visible()


def compare_and_take_back(page: Page) -> None:
    page.get_by_role("link", name="Versions", exact=True).click()
    versions = page.locator("section", has=page.get_by_role("heading", name="Toutes les versions"))
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator("del")).to_contain_text("tuiles")
    expect(page.locator("ins")).to_contain_text("ardoises")
    versions.get_by_role("button", name="Reprendre").first.click()
    expect(page.get_by_text("est reprise")).to_be_visible()
    expect(page.locator(".standfirst")).to_have_text("Il est couvert de tuiles neuves.")


def withdraw_and_undo(page: Page, reader: Page) -> None:
    page.get_by_role("link", name="Retirer", exact=True).click()
    page.get_by_role("button", name="Retirer", exact=True).click()
    undo = page.get_by_role("button", name="Annuler", exact=True)
    expect(undo).to_be_visible()
    gone = reader.reload()
    assert gone is not None
    assert gone.status == 410
    undo.click()
    expect(page.get_by_text("de nouveau en ligne")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_news_are_written_given_back_published_read_corrected_and_withdrawn(watched: At) -> None:
    writer = watched("agent", "/mairie/actualites/nouvelle/")
    item = write(writer)
    expect(writer.get_by_role("link", name="Publier", exact=True)).to_have_count(0)

    validator = watched("validator", item)
    give_back(validator)
    writer.reload()
    expect(writer.get_by_text("À corriger : La date manque")).to_be_visible()
    writer.get_by_role("link", name="Envoyer à valider").click()
    writer.get_by_role("button", name="Envoyer à valider").click()
    validator.goto(validator.url)
    reader = watched("resident-n0", publish(validator))
    read(reader)

    editor = watched("editor", item)
    told = who_were_told(editor)
    assert told
    correct(editor)
    assert who_were_told(editor) == told
    reader.reload()
    expect(reader.get_by_text("Corrigée le")).to_be_visible()
    expect(reader.locator(".standfirst")).to_have_text("Il est couvert d’ardoises neuves.")
    compare_and_take_back(editor)
    withdraw_and_undo(editor, reader)
