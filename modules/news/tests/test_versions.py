"""What an item said before: kept, compared, taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.tenancy.context import enter
from modules.news import actions
from modules.news.actions.content import MOST_REVISIONS
from modules.news.models import NewsItem, Revision
from modules.news.tests.writing import content, fresh, picture, published, scheduled, user, written
from modules.news.views.comparing import Piece, differences
from tests.cast import Cast, Place

Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"
HOSTILE = '<script>alert("é")</script>'


def revised(place: Place, item: NewsItem, **changes: Any) -> NewsItem:
    with enter(place.schema_name):
        version = NewsItem.objects.get(pk=item.pk).version
        return actions.revise(key=item.pk, version=version, content=content(**changes), author=user(place.editor))


def numbers(place: Place, item: NewsItem) -> list[int]:
    with enter(place.schema_name):
        return list(Revision.objects.filter(item=item).values_list("number", flat=True))


def test_each_change_is_a_version_and_what_changes_nothing_is_none(cast: Cast) -> None:
    item = written(cast.aubin)
    same = revised(cast.aubin, item)
    assert (numbers(cast.aubin, item), same.version) == ([1], item.version)
    revised(cast.aubin, item, title="Autre")
    revised(cast.aubin, item, title="Autre", attachments=(picture(cast.aubin),))
    assert numbers(cast.aubin, item) == [3, 2, 1]


def test_the_oldest_versions_go(cast: Cast) -> None:
    item = written(cast.aubin)
    for number in range(MOST_REVISIONS + 2):
        revised(cast.aubin, item, title=f"Titre {number}")
    found = numbers(cast.aubin, item)
    assert (len(found), found[0]) == (MOST_REVISIONS, MOST_REVISIONS + 3)


def test_two_versions_are_compared_word_by_word() -> None:
    before = Revision(title="La mairie ferme mardi", body="Un mot.\nUn autre.", theme="works", files=[], areas=[])
    after = Revision(title="La mairie ferme jeudi", body="Un mot.\nUn autre.", theme="works", files=[], areas=[])
    [title] = differences(before, after)
    assert title.label == "Titre"
    assert title.paragraphs == ((Piece("La mairie ferme "), Piece("mardi", "gone"), Piece("jeudi", "new")),)
    assert differences(before, before) == []


@pytest.mark.parametrize("size", [10, 20_000])
def test_texts_of_any_length_are_compared(size: int) -> None:
    before = Revision(title="T", body="a " * (size // 2), theme="works", files=[], areas=[])
    after = Revision(title="T", body="b " * (size // 2), theme="works", files=[], areas=[])
    [body] = differences(before, after)
    kinds = {piece.kind for line in body.paragraphs for piece in line}
    assert {"gone", "new"} <= kinds


def test_the_page_shows_what_differs_as_text(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    revised(cast.aubin, item, title=HOSTILE, body=HOSTILE)
    revised(cast.aubin, item, title="Fin")
    editor = client_of(cast.aubin.editor)
    html = editor.get(f"{OFFICE}{item.pk}/versions/").content.decode()
    assert "De la version 2 à la version 3" in html
    assert "<script>alert" not in html
    assert "<del>" in html
    first = editor.get(f"{OFFICE}{item.pk}/versions/", {"avant": "1", "apres": "3"}).content.decode()
    assert "De la version 1 à la version 3" in first


@pytest.mark.parametrize("asked", ["", "x", "\x00", "0", "99", "-1", "9" * 50, "²"])
def test_versions_that_do_not_exist_are_left_out(cast: Cast, client_of: Of, asked: str) -> None:
    item = written(cast.aubin)
    editor = client_of(cast.aubin.editor)
    assert editor.get(f"{OFFICE}{item.pk}/versions/", {"avant": asked, "apres": asked}).status_code == 200
    revised(cast.aubin, item, title="Autre")
    assert editor.get(f"{OFFICE}{item.pk}/versions/", {"avant": asked, "apres": asked}).status_code == 200


def restore(client: Client, item: NewsItem, number: int, version: int | str) -> Any:
    return client.post(f"{OFFICE}{item.pk}/versions/{number}/reprendre/", {"version": version})


@pytest.mark.parametrize("make", [written, scheduled, published])
def test_a_version_is_taken_back_whole_and_the_state_stays(cast: Cast, client_of: Of, make: Any) -> None:
    item = make(cast.aubin, attachments=(picture(cast.aubin),))
    [asset] = fresh(cast.aubin, item).assets
    now = revised(cast.aubin, item, title="Autre", body="Autre.")
    assert fresh(cast.aubin, item).assets == []
    assert restore(client_of(cast.aubin.editor), item, 1, now.version).status_code == 302
    back = fresh(cast.aubin, item)
    assert (back.title, back.body, back.assets, back.state) == (item.title, item.body, [asset], item.state)
    assert numbers(cast.aubin, item) == [3, 2, 1]


def test_a_version_is_not_taken_back_over_somebody_elses_change(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    revised(cast.aubin, item, title="Autre")
    editor = client_of(cast.aubin.editor)
    for version in (item.version, "", "x", "9" * 30):
        page = editor.post(f"{OFFICE}{item.pk}/versions/1/reprendre/", {"version": version}, follow=True)
        assert "a changé entre-temps" in page.content.decode()
    assert fresh(cast.aubin, item).title == "Autre"


def test_who_may_not_publish_takes_nothing_back_of_what_is_public(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin)
    now = revised(cast.aubin, item, title="Autre")
    assert restore(client_of(cast.aubin.resident), item, 1, now.version).status_code == 403
    assert restore(client_of(cast.aubin.editor), item, 9, now.version).status_code == 404
    assert fresh(cast.aubin, item).title == "Autre"
