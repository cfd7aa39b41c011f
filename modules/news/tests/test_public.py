"""What residents read, without an account."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy.context import enter
from core.territory.models import Area
from modules.news import actions
from modules.news.models import ItemArea, ItemState, NewsItem, Theme
from modules.news.tests.writing import content, picture, published, scheduled, user, withdrawn, written
from tenants.switches import set_options
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
NEWS = "/actualites/"
UNKNOWN = "01890000-0000-7000-8000-000000000000"


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_draft_is_not_found_even_by_who_wrote_it(cast: Cast, client_of: Of) -> None:
    for item in (written(cast.aubin), scheduled(cast.aubin)):
        assert client_of(cast.aubin.editor).get(f"{NEWS}{item.pk}/").status_code == 404


def test_what_was_public_and_is_withdrawn_says_so(cast: Cast, client_on: On) -> None:
    item = withdrawn(cast.aubin)
    response = client_on(cast.aubin.host).get(f"{NEWS}{item.pk}/")
    assert response.status_code == 410
    assert response["X-Robots-Tag"] == "noindex"
    assert "Cette actualité a été retirée" in response.content.decode()
    assert item.title not in response.content.decode()


def test_an_item_of_another_commune_is_not_found(cast: Cast, client_on: On) -> None:
    item = published(cast.belleville)
    assert client_on(cast.aubin.host).get(f"{NEWS}{item.pk}/").status_code == 404


@pytest.mark.parametrize("address", [f"{UNKNOWN}/", "1/", "x/", "%00/", "../x/", UNKNOWN])
def test_what_never_was_is_not_found(cast: Cast, client_on: On, address: str) -> None:
    assert client_on(cast.aubin.host).get(f"{NEWS}{address}", follow=True).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_is_only_read(cast: Cast, client_of: Of, method: str) -> None:
    item, administrator = published(cast.aubin), client_of(cast.aubin.administrator)
    for address in (NEWS, f"{NEWS}{item.pk}/"):
        assert getattr(administrator, method)(address).status_code == 405


def test_anyone_reads_the_whole_of_an_item(cast: Cast, client_on: On) -> None:
    item = published(cast.aubin, attachments=(picture(cast.aubin, "Une colline verte"),))
    page = html(client_on(cast.aubin.host), f"{NEWS}{item.pk}/")
    for words in (
        item.title,
        item.summary,
        "Pratique",
        "<p>Un mot.</p>",
        "<p>Un autre.</p>",
        'alt="Une colline verte"',
    ):
        assert words in page
    assert f'<meta name="description" content="{item.summary}">' in page


def test_an_item_without_a_picture_has_its_own_drawing(cast: Cast, client_on: On) -> None:
    one, other = published(cast.aubin), published(cast.aubin, title="Autre")
    drawings = [
        re.search(r'<svg class="landscape.*?</svg>', html(client_on(cast.aubin.host), f"{NEWS}{item.pk}/"), re.DOTALL)
        for item in (one, other)
    ]
    assert all(drawings)
    assert drawings[0][0] != drawings[1][0]  # type: ignore[index]


def test_a_correction_is_dated(cast: Cast, client_on: On) -> None:
    with time_machine.travel("2031-03-01T10:00Z", tick=False):
        item = published(cast.aubin)
        assert "orrigée" not in html(client_on(cast.aubin.host), f"{NEWS}{item.pk}/")
    with time_machine.travel("2031-03-04T10:00Z", tick=False), enter(cast.aubin.schema_name):
        actions.revise(
            key=item.pk, version=item.version, content=content(body="Mieux."), author=user(cast.aubin.editor)
        )
    page = html(client_on(cast.aubin.host), f"{NEWS}{item.pk}/")
    assert "1er mars 2031</time> · Corrigée le 4 mars 2031" in page


def test_the_commune_chooses_whether_to_sign(cast: Cast, client_on: On) -> None:
    item, client = published(cast.aubin), client_on(cast.aubin.host)
    pages = ("/", f"{NEWS}{item.pk}/")
    assert all("La mairie ·" in html(client, page) for page in pages)
    set_options(cast.aubin.space, "news", {"show_author": False}, author="test")
    assert not any("La mairie ·" in html(client, page) for page in pages)


def test_the_commune_chooses_how_many_items_its_home_shows(cast: Cast, client_on: On) -> None:
    for number in range(6):
        published(cast.aubin, title=f"Titre {number}")
    client = client_on(cast.aubin.host)
    assert re.findall(r"Titre \d", html(client, "/")) == ["Titre 5", "Titre 4", "Titre 3", "Titre 2"]
    set_options(cast.aubin.space, "news", {"home_items": 3}, author="test")
    assert len(re.findall(r"Titre \d", html(client, "/"))) == 3


def test_nothing_one_and_many_are_each_said_well(cast: Cast, client_on: On) -> None:
    client = client_on(cast.aubin.host)
    assert "Aucune actualité pour le moment" in html(client, NEWS)
    published(cast.aubin)
    one = html(client, NEWS)
    assert "La mairie ferme mardi" in one
    assert 'class="filters"' not in one, "one theme is no choice"
    assert 'class="pagination"' not in one


def test_a_theme_narrows_the_list_and_only_those_in_use_are_offered(cast: Cast, client_on: On) -> None:
    published(cast.aubin, title="Un concert", theme=Theme.CULTURE)
    published(cast.aubin, title="Une tranchée", theme=Theme.WORKS)
    written(cast.aubin, title="Un tournoi", theme=Theme.SPORT)
    client = client_on(cast.aubin.host)
    assert re.findall(r"theme=(\w+)", html(client, NEWS)) == ["works", "culture"]
    culture = html(client, f"{NEWS}?theme=culture")
    assert ("Un concert" in culture, "Une tranchée" in culture) == (True, False)
    assert "Aucune actualité sur ce thème" in html(client, f"{NEWS}?theme=sport")


@pytest.mark.parametrize(
    "query", ["theme=x", "theme=%00", "page=x", "page=-3", "page=99999", "page=%00", "theme=" + "x" * 3000]
)
def test_a_list_asked_anything_answers(cast: Cast, client_on: On, query: str) -> None:
    published(cast.aubin)
    assert "La mairie ferme mardi" in html(client_on(cast.aubin.host), f"{NEWS}?{query}")


def test_pages_follow_each_other_and_keep_their_theme(cast: Cast, client_on: On) -> None:
    many(cast.aubin, 45)
    client = client_on(cast.aubin.host)
    titles = [title for page in (1, 2, 3) for title in re.findall(r"Numéro \d+", html(client, f"{NEWS}?page={page}"))]
    assert titles == [f"Numéro {number}" for number in reversed(range(45))]
    assert "?theme=practical&amp;page=3" in html(client, f"{NEWS}?theme=practical&page=2")


def many(place: Place, number: int) -> None:
    """Published items, the last one the newest."""
    with enter(place.schema_name):
        NewsItem.objects.all().delete()
        NewsItem.objects.bulk_create(
            NewsItem(
                title=f"Numéro {each}",
                summary="S",
                theme=Theme.PRACTICAL,
                state=ItemState.PUBLISHED,
                published_at=timezone.now() - timedelta(minutes=number - each),
            )
            for each in range(number)
        )
        area = Area.objects.create(
            name=f"Secteur {number}", kind="sector", polygon=[], south=0, west=0, north=0, east=0
        )
        ItemArea.objects.bulk_create(ItemArea(item=item, area=area) for item in NewsItem.objects.all()[:1000])


def test_a_part_of_the_commune_narrows_the_list(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        area = Area.objects.create(name="Le Port", kind="sector", polygon=[], south=0, west=0, north=0, east=0)
    published(cast.aubin, title="Au port", areas=(area,))
    published(cast.aubin, title="Partout")
    client = client_on(cast.aubin.host)
    assert "Le Port" in html(client, NEWS)
    there = html(client, f"{NEWS}?secteur={area.pk}")
    assert ("Au port" in there, "Partout" in there) == (True, False)
    for asked in ("", "x", "%00", UNKNOWN):
        assert "Partout" in html(client, f"{NEWS}?secteur={asked}")


@pytest.mark.parametrize(
    "address", ["/", NEWS, f"{NEWS}fil.atom", "/mairie/actualites/", "/api/v1/actualites/?page_size=100"]
)
def test_a_list_costs_the_same_however_long_it_is(cast: Cast, client_of: Of, address: str) -> None:
    client = (
        client_of(cast.aubin.editor)
        if "mairie" in address
        else Client(headers={"host": cast.aubin.host, "x-forwarded-proto": "https"})
    )
    counts = []
    for number in (20, 2_000):
        many(cast.aubin, number)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    most = 10 if address == "/" else 8  # the home asks every module
    assert counts[0] == counts[1] <= most, "\n".join([each["sql"][-150:] for each in captured])


def test_a_public_page_holds_in_three_hundred_nodes(cast: Cast, client_on: On) -> None:
    many(cast.aubin, 20)
    item: Any = published(cast.aubin)
    for address in (NEWS, f"{NEWS}{item.pk}/"):
        assert len(re.findall(r"<[a-z]", html(client_on(cast.aubin.host), address))) <= 300
