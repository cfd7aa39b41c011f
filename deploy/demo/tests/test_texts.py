"""What the demo says: enough of it, dated, described, and nothing that a mairie's form would refuse."""

import re
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from core.catalogue.manifest import STAFF_ROLES, Role
from core.media.receiving import receive
from deploy.demo import showcase
from deploy.demo.clock import dated, moment
from deploy.demo.news import _content
from deploy.demo.papers import MARK, paper
from deploy.demo.pictures import LOOKS, SCENES, drawn
from deploy.demo.texts import SLUGS, Place, scene
from modules.news.models import ItemState, NewsItem
from modules.news.queries import PER_PAGE

PLACES = [Place.read(slug) for slug in SLUGS]
NOW = datetime(2026, 11, 24, 11, 30, tzinfo=ZoneInfo("Europe/Paris"))
by_slug = pytest.mark.parametrize("place", PLACES, ids=SLUGS)


@by_slug
def test_a_commune_has_items_in_every_state_and_more_that_are_public(place: Place) -> None:
    held = Counter(item.state for item in place.news)
    assert set(held) == set(ItemState.values) - {ItemState.DELETED}
    assert min(held.values()) >= 2
    assert held[ItemState.PUBLISHED] >= 14


def test_a_list_of_news_has_pages() -> None:
    assert max(Counter(item.state for item in place.news)[ItemState.PUBLISHED] for place in PLACES) > PER_PAGE


@by_slug
def test_a_commune_has_somebody_of_every_role(place: Place) -> None:
    assert {each.role for each in place.staff} == set(STAFF_ROLES)
    assert place.staff[0].role == Role.ADMINISTRATOR
    assert all("personne fictive" in each.name for each in place.staff)


@by_slug
def test_an_item_is_one_that_an_editor_could_have_typed(place: Place) -> None:
    for item in place.news:
        content = _content(item, NOW)
        news = NewsItem(title=content.title, summary=content.summary, body=content.body, theme=content.theme)
        news.clean_fields()
        assert "{" not in content.title + content.summary + content.body
        assert "démonstration" in content.body


@by_slug
def test_every_picture_is_a_scene_that_we_draw_and_that_is_described(place: Place) -> None:
    illustrated = [item for item in place.news if item.picture]
    assert len(illustrated) >= 8
    assert place.look in LOOKS
    told = showcase.told(place)
    pages = [(each["picture"], each["alt"]) for each in (told["lead"], *told["gallery"])]
    every = [*pages, *(each for item in place.news for each in item.pictures)]
    assert {scene(picture)[0] for picture, _alt in every} <= set(SCENES)
    assert {scene(picture)[1] for picture, _alt in every} <= {"day", "evening", "snow", "night"}
    assert all(len(alt) > 20 for _picture, alt in every)
    assert not [item for item in place.news if item.alt and not item.picture]


def test_two_communes_say_nothing_alike() -> None:
    said = [text for place in PLACES for item in place.news for text in (item.title, item.summary, item.body)]
    assert len(set(said)) == len(said)
    assert len({(place.accent, place.arms_pattern, place.arms_figure, place.landscape) for place in PLACES}) == 3


@by_slug
def test_texts_are_typeset_in_french(place: Place) -> None:
    told = (place.page, *place.news, *place.links, *place.staff)
    texts = [text for each in told for text in asdict(each).values() if isinstance(text, str)]
    assert len(texts) > 200
    assert not [text for text in texts if "'" in text or '"' in text or re.search(r"\w[?!;]", text.split("/?")[0])]


def test_a_day_of_the_week_is_the_first_one_from_that_day_on() -> None:
    today = date(2026, 11, 24)  # a Tuesday
    assert dated("{mardi+0} et {lundi+0}", today) == "mardi 24 novembre et lundi 30 novembre"
    assert dated("{mardi+1}", today) == "mardi 1er décembre"
    assert dated("{samedi-10}", today) == "samedi 14 novembre"


def test_a_moment_of_another_day_is_in_the_mairies_hours() -> None:
    assert moment(NOW, -0.25, 4).hour == 5
    assert {moment(NOW, day, number).hour for day in (-30, -1, 1, 30) for number in range(40)} == set(range(8, 18))


def test_a_picture_is_drawn_the_same_again_and_otherwise_from_another_seed() -> None:
    first = drawn("river", "north", "day", "Le canal").getvalue()
    assert drawn("river", "north", "day", "Le canal").getvalue() == first
    assert drawn("river", "north", "day", "Le quai").getvalue() != first


@by_slug
def test_a_commune_shows_what_news_can_be(place: Place) -> None:
    for kind in ("gallery", "paper", "area", "pinned", "corrected", "returned"):
        assert any(getattr(item, kind) for item in place.news), kind


def test_a_paper_says_its_words_as_text_and_where_it_comes_from() -> None:
    with receive(paper("L’été (à l’école) : 12 €", ["Œufs frais"]), ["document"]) as received:
        assert (received.decoded.pages, received.decoded.has_text) == (1, True)
    words = pypdfium2.PdfDocument(paper("L’été (à l’école) : 12 €", ["Œufs frais"]))[0].get_textpage().get_text_range()
    assert words.splitlines() == ["L’été (à l’école) : 12 €", "Œufs frais", MARK]
