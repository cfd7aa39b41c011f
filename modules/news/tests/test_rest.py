"""News for programs. Refusals that no module changes are tested in core.api."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from core.tenancy.context import enter
from modules.news import actions
from modules.news.tests.writing import (
    TYPED,
    all_items,
    content,
    fresh,
    picture,
    published,
    scheduled,
    user,
    withdrawn,
    written,
)
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
API = "/api/v1/actualites/"
HOSTILE = "<script>alert(1)</script> & «\"'»"


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    return getattr(client, method)(address, body if body is not None else {}, content_type="application/json")


def acts(item: Any) -> list[tuple[str, str, Any]]:
    return [
        ("post", API, TYPED),
        ("put", f"{API}{item.pk}/", {**TYPED, "version": item.version}),
        ("post", f"{API}{item.pk}/publish/", {}),
        ("post", f"{API}{item.pk}/unpublish/", {}),
    ]


@pytest.mark.parametrize("make", [written, published])
def test_who_does_not_write_the_news_changes_nothing(cast: Cast, client_on: On, client_of: Of, make: Any) -> None:
    item = make(cast.aubin)
    strangers = (
        client_on(cast.aubin.host),
        client_of(cast.aubin.resident),
        client_of(cast.belleville.administrator, cast.aubin.host),
    )
    for method, address, body in acts(item):
        for stranger in strangers:
            assert send(stranger, method, address, body).status_code == 403
    assert [(each.pk, each.version, each.state) for each in all_items(cast.aubin)] == [
        (item.pk, item.version, item.state)
    ]


def test_the_neighbours_items_are_not_found(cast: Cast, client_of: Of) -> None:
    item = published(cast.belleville)
    editor = client_of(cast.aubin.editor)
    assert editor.get(f"{API}{item.pk}/").status_code == 404
    for method, address, body in acts(item)[1:]:
        assert send(editor, method, address, body).status_code == 404
    assert fresh(cast.belleville, item).version == item.version


@pytest.mark.parametrize("make", [written, scheduled, withdrawn])
def test_what_is_not_public_is_seen_by_who_writes_the_news_alone(
    cast: Cast, client_on: On, client_of: Of, make: Any
) -> None:
    item = make(cast.aubin)
    for client in (client_on(cast.aubin.host), client_of(cast.aubin.resident)):
        assert client.get(API).json()["count"] == 0
        assert client.get(f"{API}{item.pk}/").status_code == (410 if item.published_at else 404)
        for query in ("?state=draft", "?search=mairie", "?ordering=state"):
            assert client.get(API + query).json()["results"] == []
    assert client_of(cast.aubin.editor).get(f"{API}{item.pk}/").json()["state"] == item.state


def test_anyone_reads_what_is_public_with_its_addresses(cast: Cast, client_on: On) -> None:
    item = published(cast.aubin, attachments=(picture(cast.aubin),))
    client = client_on(cast.aubin.host)
    [read] = client.get(API).json()["results"]
    assert read == client.get(f"{API}{item.pk}/").json()
    assert {name: read[name] for name in ("title", "summary", "body", "theme", "state")} == {
        "title": item.title, "summary": item.summary, "body": item.body, "theme": "practical", "state": "published",
    }  # fmt: skip
    assert read["url"] == f"https://{cast.aubin.host}/actualites/{item.pk}/"
    [file] = read["files"]
    assert (file["kind"], file["alt"], file["type"]) == ("picture", "Une colline", "image/jpeg")
    assert file["url"].startswith(f"https://{cast.aubin.host}/media/")
    assert read["author"] == "La mairie"


def test_a_list_is_cut_in_pages(cast: Cast, client_on: On) -> None:
    items = [published(cast.aubin, title=f"Titre {number}") for number in range(3)]
    client = client_on(cast.aubin.host)
    first = client.get(f"{API}?page_size=2").json()
    assert [each["id"] for each in first["results"]] == [str(items[2].pk), str(items[1].pk)]
    assert first["count"] == 3
    second = client.get(first["next"]).json()
    assert [each["id"] for each in second["results"]] == [str(items[0].pk)]
    assert second["next"] is None


def test_an_editor_writes_publishes_and_withdraws(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    made = send(editor, "post", API, TYPED)
    assert made.status_code == 201
    item = made.json()
    assert made["Location"] == f"https://{cast.aubin.host}{API}{item['id']}/"
    assert (item["state"], item["version"]) == ("draft", 1)
    changed = send(editor, "put", f"{API}{item['id']}/", {**TYPED, "title": "Mieux", "version": 1}).json()
    assert (changed["title"], changed["version"]) == ("Mieux", 2)
    assert send(editor, "post", f"{API}{item['id']}/publish/").json()["state"] == "published"
    assert send(editor, "post", f"{API}{item['id']}/publish/").json()["state"] == "published"
    assert send(editor, "post", f"{API}{item['id']}/unpublish/").json()["state"] == "unpublished"


def test_a_program_schedules(cast: Cast, client_of: Of) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    moment = timezone.now() + timedelta(days=1)
    answer = send(editor, "post", f"{API}{item.pk}/publish/", {"publish_at": moment.isoformat()}).json()
    assert answer["state"] == "scheduled"
    assert fresh(cast.aubin, item).publish_at == moment


@pytest.mark.parametrize("moment", ["2001-01-01T00:00:00Z", "demain", "2999-01-01T00:00:00Z", 12, {}, "\x00"])
def test_a_time_that_cannot_be_is_refused(cast: Cast, client_of: Of, moment: Any) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    answer = send(editor, "post", f"{API}{item.pk}/publish/", {"publish_at": moment})
    assert answer.status_code == 400
    assert "publish_at" in answer.json()["error"]["fields"]
    assert fresh(cast.aubin, item).is_draft


def test_the_second_of_two_programs_is_told(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.revise(key=item.pk, version=1, content=content(title="La sienne"), author=user(cast.aubin.editor))
    answer = send(client_of(cast.aubin.editor), "put", f"{API}{item.pk}/", {**TYPED, "version": 1})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "edited_meanwhile"
    assert fresh(cast.aubin, item).title == "La sienne"


def test_an_item_is_not_changed_without_saying_which_version_was_read(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    answer = send(client_of(cast.aubin.editor), "put", f"{API}{item.pk}/", TYPED)
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"version"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [("title", "x" * 81), ("title", " "), ("title", None), ("title", "a\x00b"), ("title", "\ud800"), ("title", []),
     ("title", "\x07"), ("summary", "x" * 161), ("body", "x" * 20_001), ("body", 1 == 1), ("theme", "politics")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_at_its_field(cast: Cast, client_of: Of, field: str, typed: Any) -> None:
    answer = send(client_of(cast.aubin.editor), "post", API, {**TYPED, field: typed})
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert all_items(cast.aubin) == []


def test_a_picture_stays_when_a_program_changes_the_words(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin, attachments=(picture(cast.aubin),))
    item = fresh(cast.aubin, item)
    send(client_of(cast.aubin.editor), "put", f"{API}{item.pk}/", {**TYPED, "version": item.version})
    now = fresh(cast.aubin, item)
    assert (now.title, now.assets) == (TYPED["title"], item.assets)


def test_what_is_typed_comes_back_as_typed(cast: Cast, client_of: Of) -> None:
    typed = {"title": HOSTILE, "summary": HOSTILE, "body": "<p>Èze 🏔</p>", "theme": "works"}
    answer = send(client_of(cast.aubin.editor), "post", API, typed).json()
    assert {name: answer[name] for name in typed} == typed


def test_a_text_is_cleaned_of_what_acts(cast: Cast, client_of: Of) -> None:
    typed = {**TYPED, "body": f'{HOSTILE}<a href="javascript:x()" onclick="y()">Ici</a><strong>là</strong>'}
    answer = send(client_of(cast.aubin.editor), "post", API, typed).json()
    assert "<script" not in answer["body"]
    assert "javascript" not in answer["body"]
    assert "onclick" not in answer["body"]
    assert "<strong>là</strong>" in answer["body"]


def test_what_is_sent_beyond_the_words_is_not_heard(cast: Cast, client_of: Of) -> None:
    sent = {**TYPED, "id": str(uuid4()), "state": "published", "published_at": "2001-01-01T00:00:00Z", "author": "x"}
    answer = send(client_of(cast.aubin.editor), "post", API, sent).json()
    assert (answer["state"], answer["published_at"]) == ("draft", None)
    assert answer["id"] != sent["id"]
    [item] = all_items(cast.aubin)
    assert item.author_id == cast.aubin.editor.id
