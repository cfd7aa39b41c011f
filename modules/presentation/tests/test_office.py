from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from core.audit.models import Entry
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.models import CommunePage, PageEdit
from modules.presentation.tests.facts import facts
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/commune/"
PREVIEW = f"{OFFICE}apercu/"
HOSTILE = "<script>alert(1)</script> & «é»"
TYPED = {
    "title": "Saint-Aubin",
    "introduction": "Un village.",
    "history": "En 1200.\r\n\r\nPuis en 1300.",
    "version": "1",
}


def sent(**changes: str) -> dict[str, str]:
    return {**TYPED, **changes}


def page(place: Place) -> CommunePage | None:
    with enter(place.schema_name):
        return CommunePage.objects.first()


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    """The editor's browser, in a commune whose page is begun."""
    with enter(cast.aubin.schema_name):
        hooks.opened(facts())
    return client_of(cast.aubin.editor)


@pytest.mark.parametrize("address", [OFFICE, PREVIEW])
def test_who_is_not_of_the_mairie_changes_nothing(cast: Cast, client_on: On, client_of: Of, address: str) -> None:
    strangers = {
        client_on(cast.aubin.host): 302,
        client_of(cast.belleville.editor, cast.aubin.host): 302,
        client_of(cast.aubin.resident): 403,
    }
    for stranger, status in strangers.items():
        assert stranger.get(address).status_code == status
        assert stranger.post(address, sent()).status_code == status
    assert page(cast.aubin) is None


def test_the_form_holds_what_the_page_says(cast: Cast, editor: Client) -> None:
    html = editor.get(OFFICE).content.decode()
    assert "Sainte-Colombe est une commune située" in html


def test_a_commune_without_a_page_begins_with_the_directorys_words(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    assert "Saint-Aubin est une commune située" in editor.get(OFFICE).content.decode()
    assert editor.post(OFFICE, sent()).status_code == 302
    assert page(cast.aubin) is not None


def test_what_is_saved_is_read_at_once(cast: Cast, editor: Client, client_on: On) -> None:
    response = editor.post(OFFICE, sent())
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "C’est en ligne : les habitants lisent la nouvelle version."
    ]
    html = client_on(cast.aubin.host).get("/commune/").content.decode()
    for words in ("Un village.", "<p>Puis en 1300.</p>"):
        assert words in html


def test_who_changed_what_is_kept_and_shown(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent())
    with enter(cast.aubin.schema_name):
        edit = PageEdit.objects.get()
        entry = Entry.objects.get(verb="presentation.revised")
    assert edit.author_id == cast.aubin.editor.id
    assert {"introduction", "history"} <= set(edit.changed)
    assert entry.author_id == cast.aubin.editor.id
    html = editor.get(OFFICE).content.decode()
    assert "· Editor : titre, introduction" in html


def test_saving_without_changing_anything_leaves_no_trace(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent())
    before = page(cast.aubin)
    assert editor.post(OFFICE, sent()).status_code == 302
    after = page(cast.aubin)
    assert before is not None
    assert after is not None
    assert before.version == after.version == 2
    with enter(cast.aubin.schema_name):
        assert PageEdit.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""), ("title", "x" * 101), ("title", "\x00"), ("introduction", "x" * 2001), ("history", "x" * 20_001),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [OFFICE, PREVIEW])
def test_what_cannot_be_kept_is_said_at_its_field_and_comes_back(
    cast: Cast, editor: Client, address: str, field: str, typed: str
) -> None:
    response = editor.post(address, sent(**{field: typed}))
    assert response.status_code == 422
    html = response.content.decode()
    assert field in response.context["form"].errors
    assert "À corriger avant de continuer" in html
    assert "En 1200." in html or field == "history"
    kept = page(cast.aubin)
    assert kept is not None
    assert kept.version == 1


def test_who_edits_after_somebody_else_sees_both_and_loses_nothing(cast: Cast, editor: Client, client_of: Of) -> None:
    client_of(cast.aubin.administrator).post(OFFICE, sent(introduction="Le sien."))
    mine = sent(introduction="Le mien.")
    response = editor.post(OFFICE, mine)
    assert response.status_code == 409
    html = response.content.decode()
    for words in ("<p>Le sien.</p>", "Le mien.</textarea>", 'value="2"'):
        assert words in html
    assert editor.post(OFFICE, {**mine, "version": "2"}).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "x", "-4", "9" * 400, "\x00"])
def test_a_version_that_is_none_overwrites_nothing(cast: Cast, editor: Client, version: str) -> None:
    assert editor.post(OFFICE, sent(version=version)).status_code in {409, 422}
    kept = page(cast.aubin)
    assert kept is not None
    assert kept.title == "Sainte-Colombe"


def test_the_preview_shows_what_would_be_read_and_keeps_what_was_typed(cast: Cast, editor: Client) -> None:
    response = editor.post(PREVIEW, sent(introduction=HOSTILE))
    assert response.status_code == 200
    html = response.content.decode()
    assert "Aperçu : rien n’est encore enregistré." in html
    assert html.count(escape(HOSTILE)) == 2, "in the preview and in the form"
    assert editor.get(PREVIEW).headers["Location"] == OFFICE


def test_control_characters_are_left_out(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent(history="Un\x1b\r\ndeux", title="Saint\tAubin\x85"))
    kept = page(cast.aubin)
    assert kept is not None
    assert (kept.title, kept.history) == ("Saint Aubin", "Un\ndeux")


def test_html_comes_back_to_the_form_as_typed(cast: Cast, editor: Client) -> None:
    words: dict[str, Any] = dict.fromkeys(("title", "introduction", "history"), HOSTILE)
    editor.post(OFFICE, sent(**words))
    html = editor.get(OFFICE).content.decode()
    assert "<script>alert" not in html
    assert html.count(escape(HOSTILE)) >= 3
