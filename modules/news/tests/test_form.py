"""The form of an item: what comes back, what is said, and what is never lost."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

import pytest
from django.test import Client

from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
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
OFFICE = "/mairie/actualites/"
HOSTILE = '<script>alert("é")</script> & «\'»'


def text(response: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_enter_key_never_publishes(cast: Cast, client_of: Of) -> None:
    """A browser presses the first button of the form."""
    html = client_of(cast.aubin.editor).get(f"{OFFICE}nouvelle/").content.decode()
    form = html[html.index('<form class="compose"') :]
    assert re.search(r"<button[^>]*>", form)[0] == f'<button hidden formaction="{OFFICE}nouvelle/">'  # type: ignore[index]


def test_what_was_typed_comes_back_with_what_to_correct(cast: Cast, client_of: Of) -> None:
    typed = {**TYPED, "title": "", "summary": HOSTILE * 9, "body": HOSTILE, "video": HOSTILE}
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert "À corriger avant de continuer" in html
    assert set(response.context["form"].errors) == {"title", "summary", "video"}
    for error in ("Ce champ est obligatoire", "160", "Collez l’adresse d’une vidéo"):
        assert html.count(error) >= 2, "at the field and in the summary"
    assert escape(HOSTILE * 9, quote=False) in html.replace("&quot;", '"').replace("&#x27;", "'")
    assert "<script>alert" not in html
    assert all_items(cast.aubin) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "a\x00b"), ("title", "x" * 81), ("title", "\x07"), ("summary", "x" * 161), ("summary", " "),
        ("body", "x" * 20_001), ("theme", "politics"), ("theme", ""), ("pin_until", "demain"),
        ("expire_at", "9999-12-31"), ("expire_at", "2001-01-01"),
        ("publish_at", "demain"), ("publish_at", "2031-02-30T08:00"), ("publish_at", "2031-01-01T08:00"),
        ("publish_at", "0001-01-01T00:00"), ("publish_at", "9999-12-31T23:59"), ("publish_at", "2031-03-30T02:30"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("then", ["", "publier/"])
def test_what_cannot_be_kept_is_said_at_its_field(cast: Cast, client_of: Of, field: str, typed: str, then: str) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/{then}", {**TYPED, field: typed})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert all_items(cast.aubin) == []


@pytest.mark.parametrize("field", ["key", "version", "areas", "department", "attachments-assets", "unknown"])
@pytest.mark.parametrize("typed", ["", "\x00", "x" * 5000, "-1", "9" * 400, "<b>"])
def test_hidden_fields_sent_wrong_break_nothing(cast: Cast, client_of: Of, field: str, typed: str) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", {**TYPED, field: typed})
    assert response.status_code in {302, 422}


def test_a_text_that_no_form_sends_is_refused_in_words(cast: Cast, client_of: Of) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", {**TYPED, "body": "é" * 3_000_000})
    assert response.status_code == 413
    assert "trop long" in text(response)


@pytest.mark.parametrize("make", [written, scheduled, published, withdrawn])
def test_the_form_holds_what_the_item_says(cast: Cast, client_of: Of, make: Any) -> None:
    item = make(cast.aubin, attachments=(picture(cast.aubin),))
    html = client_of(cast.aubin.editor).get(f"{OFFICE}{item.pk}/").content.decode()
    [asset] = fresh(cast.aubin, item).assets
    for value in (item.title, item.summary, item.body, "Une colline"):
        assert escape(value) in html
    assert f"/media/{asset.pk}/" in html
    assert ("programmer/" in html) == (not item.is_published)


def test_who_edits_after_somebody_else_sees_both_and_loses_nothing(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.revise(
            key=item.pk,
            version=item.version,
            content=content(title="La sienne", body="Son texte."),
            author=user(cast.aubin.administrator),
        )
    editor = client_of(cast.aubin.editor)
    mine = {**TYPED, "title": "La mienne", "version": item.version}
    response = editor.post(f"{OFFICE}{item.pk}/", mine)
    assert response.status_code == 409
    assert {"La sienne", "Son texte."} <= set(re.findall(r"La sienne|Son texte\.", text(response)))
    assert "La mienne" in response.content.decode()
    assert fresh(cast.aubin, item).title == "La sienne"
    again = {**mine, "version": response.context["form"]["version"].value()}
    assert editor.post(f"{OFFICE}{item.pk}/", again).status_code == 302
    assert fresh(cast.aubin, item).title == "La mienne"


def test_a_version_that_is_none_overwrites_nothing(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    for version in ("", "0", "x", "\x00", "99"):
        response = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/", {**TYPED, "version": version})
        assert response.status_code in {409, 422}
    assert fresh(cast.aubin, item).title == item.title


def test_a_draft_deleted_while_one_writes_comes_back_as_a_new_one(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.delete_draft(key=item.pk, author=user(cast.aubin.administrator))
    editor = client_of(cast.aubin.editor)
    response = editor.post(f"{OFFICE}{item.pk}/", {**TYPED, "version": item.version})
    assert response.status_code == 404
    assert "Ce brouillon a été supprimé" in text(response)
    assert TYPED["body"] in response.content.decode()
    key = response.context["form"]["key"].value()
    assert editor.post(f"{OFFICE}nouvelle/", {**TYPED, "key": key}).status_code == 302
    assert [each.title for each in all_items(cast.aubin)] == [TYPED["title"]]


def test_a_button_pressed_twice_makes_one_item(cast: Cast, client_of: Of) -> None:
    editor, key = client_of(cast.aubin.editor), str(uuid7())
    first, second = (editor.post(f"{OFFICE}nouvelle/publier/", {**TYPED, "key": key}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(all_items(cast.aubin)) == 1


def test_going_back_to_a_sent_form_and_changing_it_is_a_conflict_not_a_second_item(cast: Cast, client_of: Of) -> None:
    editor, key = client_of(cast.aubin.editor), str(uuid7())
    editor.post(f"{OFFICE}nouvelle/", {**TYPED, "key": key})
    response = editor.post(f"{OFFICE}nouvelle/", {**TYPED, "key": key, "title": "Autre"})
    assert response.status_code == 409
    assert f'formaction="{OFFICE}{key}/"' in response.content.decode()
    assert [each.title for each in all_items(cast.aubin)] == [TYPED["title"]]


def test_a_time_that_the_pressed_button_does_not_use_is_said(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    item = scheduled(cast.aubin)
    with enter(cast.aubin.schema_name):
        kept = editor.get(f"{OFFICE}{item.pk}/").context["form"]["publish_at"].value().strftime("%Y-%m-%dT%H:%M")
    sent = {**TYPED, "version": item.version}
    for moment in ("", "2031-01-01T08:00"):
        for then in ("", "publier/"):
            assert editor.post(f"{OFFICE}{item.pk}/{then}", {**sent, "publish_at": moment}).status_code == 422
    assert editor.post(f"{OFFICE}{item.pk}/", {**sent, "publish_at": kept}).status_code == 302
    assert fresh(cast.aubin, item).publish_at == item.publish_at


def test_scheduling_without_a_time_is_refused(cast: Cast, client_of: Of) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/programmer/", TYPED)
    assert response.status_code == 422
    assert "Choisissez le jour et l’heure de la parution." in text(response)


def test_an_item_published_meanwhile_is_not_scheduled(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin)
    sent = {**TYPED, "version": item.version, "publish_at": "2031-01-01T08:00"}
    response = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/programmer/", sent)
    assert response.status_code == 422
    assert "déjà en ligne" in text(response)


def test_a_file_of_a_form_that_is_wrong_comes_back_as_chosen(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    sent = {**TYPED, "title": "", "attachments-new-alt": "Une colline", "attachments": upload(drawn())}
    response = editor.post(f"{OFFICE}nouvelle/", sent)
    assert response.status_code == 422
    [key] = re.findall(r'name="attachments-assets" value="([0-9a-f-]+)"', response.content.decode())
    again = {**TYPED, "attachments-assets": key, f"attachments-{key}-alt": "Une colline"}
    assert editor.post(f"{OFFICE}nouvelle/", again).status_code == 302
    [item] = all_items(cast.aubin)
    assert [(str(asset.pk), asset.alt) for asset in fresh(cast.aubin, item).assets] == [(key, "Une colline")]
