"""The commune's home: for people without an account first, small, and true."""

import re
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from modules.news.models import ItemState, NewsItem
from space.tests.conftest import Inside, Statements
from tenants.models import Commune
from tenants.switches import switch_off
from tests.cast import Cast

MOST_BYTES, MOST_NODES, MOST_FONT_BYTES = 100_000, 300, 45_000


class Nodes(HTMLParser):
    """Counts elements and keeps what the page loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        found = dict(attrs)
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "manifest", "preload"}:
            self.loaded.append(str(found["href"]))
        if tag in {"script", "img"} and found.get("src"):
            self.loaded.append(str(found["src"]))


def weighed(browser: Client, path: str) -> tuple[int, int, int]:
    """Bytes of the first view as a server sends them, bytes of its fonts, elements."""
    html = browser.get(path).content
    nodes = Nodes()
    nodes.feed(html.decode())
    total, fonts = len(brotli.compress(html, quality=5)), 0
    for each in dict.fromkeys(nodes.loaded):
        if each.startswith("/static/"):
            content = Path(str(finders.find(each.removeprefix("/static/")))).read_bytes()
        else:
            content = browser.get(each).content
        if each.endswith(".woff2"):
            fonts += len(content)
        total += len(content) if each.endswith(".woff2") else len(brotli.compress(content, quality=5))
    return total, fonts, nodes.count


def publish(count: int) -> None:
    for number in range(count):
        NewsItem.objects.create(
            title=f"Le sentier des crêtes rouvre, étape {number}",
            summary="Six semaines de travaux, deux passages sécurisés et trois bancs à l’ombre.",
            body="Texte.",
            state=ItemState.PUBLISHED,
            published_at=timezone.now(),
        )


@pytest.fixture
def published(inside: Inside) -> None:
    """More items than the home shows."""
    with inside():
        publish(10)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("who", ["anyone", "administrator"])
def test_the_first_view_is_small(who: str, request: pytest.FixtureRequest) -> None:
    total, fonts, nodes = weighed(request.getfixturevalue(who), "/")
    print(f"home, {who}: {total} bytes, {fonts} of them fonts, {nodes} elements")  # noqa: T201
    assert 20_000 < fonts <= MOST_FONT_BYTES
    assert total <= MOST_BYTES
    assert 50 < nodes <= MOST_NODES


@pytest.mark.usefixtures("published")
def test_pages_load_nothing_from_a_third_party_and_nothing_that_is_absent(
    anyone: Client, administrator: Client
) -> None:
    for browser, path in ((anyone, "/"), (anyone, "/connexion/"), (administrator, "/mairie/reglages/")):
        nodes = Nodes()
        nodes.feed(browser.get(path).content.decode())
        assert nodes.loaded
        for each in nodes.loaded:
            assert each.startswith("/")
            found = finders.find(each.removeprefix("/static/")) if each.startswith("/static/") else browser.get(each)
            assert found


def test_staff_pages_stay_under_a_thousand_elements(administrator: Client) -> None:
    nodes = Nodes()
    nodes.feed(administrator.get("/mairie/reglages/").content.decode())
    print(f"settings: {nodes.count} elements")  # noqa: T201
    assert nodes.count <= 1_000


@pytest.mark.usefixtures("published")
def test_the_headline_says_only_what_is_true(cast: Cast, anyone: Client) -> None:
    page = anyone.get("/").content.decode()
    assert re.search(r"<h1>À Saint-Aubin, 1.200.habitants et des nouvelles</h1>", page)
    switch_off(cast.aubin.space, "news", author="test")
    page = anyone.get("/").content.decode()
    assert re.search(r"<h1>À Saint-Aubin, 1.200.habitants</h1>", page)


def test_a_home_without_news_says_that_they_will_come(anyone: Client) -> None:
    page = anyone.get("/").content.decode()
    assert "La mairie n’a encore rien publié" in page
    assert "des nouvelles</h1>" not in page


def test_everybody_may_jump_to_the_content(anyone: Client, administrator: Client) -> None:
    for browser, path in ((anyone, "/"), (anyone, "/connexion/"), (administrator, "/mairie/")):
        page = browser.get(path).content.decode()
        assert page.index('<a class="skip" href="#contenu">') < page.index("<header" if "<header" in page else "<aside")
        assert page.count('id="contenu"') == 1


def test_a_stranger_is_offered_to_sign_in_and_staff_their_office(
    anyone: Client, resident: Client, editor: Client
) -> None:
    assert 'href="/connexion/"' in anyone.get("/").content.decode()
    assert 'href="/mairie/"' not in resident.get("/").content.decode()
    assert 'href="/mairie/"' in editor.get("/").content.decode()


def test_the_home_costs_the_same_whatever_was_published(anyone: Client, inside: Inside, statements: Statements) -> None:
    with inside():
        publish(1)
    few = statements(anyone, "/")
    with inside():
        publish(30)
    assert statements(anyone, "/") == few


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "À Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"),
        ("L'Haÿ-les-Roses", "À L’Haÿ-les-Roses"),
        ("Les Ulis", "Aux Ulis"),
        ("Y", "À Y"),
    ],
)
def test_any_name_is_written_as_french_writes_it(name: str, title: str, cast: Cast, anyone: Client) -> None:
    Commune.objects.filter(pk=cast.aubin.insee).update(name=name)
    cast.aubin.space.changed()
    page = anyone.get("/").content.decode()
    assert f"<h1>{title}" in page
    assert f"<b>{name.replace(chr(39), '’')}</b>" in page
