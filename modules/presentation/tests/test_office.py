from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from core.audit.models import Entry
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.models import MOST_LINKS, CommunePage, PageEdit, UsefulLink
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
    "address": "1 place de l’Église",
    "phone": "04 92 00 00 00",
    "email": "mairie@exemple.fr",
    "opening_hours": "Jeudi : 14 h à 17 h",
    "history": "En 1200.\r\n\r\nPuis en 1300.",
    "version": "1",
}


def sent(*links: tuple[str, str], **changes: str) -> dict[str, str]:
    rows = {"links-TOTAL_FORMS": str(len(links)), "links-INITIAL_FORMS": "0"}
    for number, (label, url) in enumerate(links):
        rows |= {f"links-{number}-label": label, f"links-{number}-url": url}
    return {**TYPED, **rows, **changes}


def page(place: Place) -> CommunePage | None:
    with enter(place.schema_name):
        return CommunePage.objects.first()


def links(place: Place) -> list[tuple[str, str]]:
    with enter(place.schema_name):
        return list(UsefulLink.objects.values_list("label", "url"))


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
    assert "04 00 00 00 00" in html


def test_a_commune_without_a_page_begins_with_the_directorys_words(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    assert "Saint-Aubin est une commune située" in editor.get(OFFICE).content.decode()
    assert editor.post(OFFICE, sent()).status_code == 302
    assert page(cast.aubin) is not None


def test_what_is_saved_is_read_at_once(cast: Cast, editor: Client, client_on: On) -> None:
    response = editor.post(OFFICE, sent(("Service public", "https://www.service-public.fr/")))
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "C’est en ligne : les habitants lisent la nouvelle version."
    ]
    html = client_on(cast.aubin.host).get("/commune/").content.decode()
    for words in ("Un village.", "<p>Puis en 1300.</p>", "Jeudi : 14\u00a0h", "https://www.service-public.fr/"):
        assert words in html


def test_who_changed_what_is_kept_and_shown(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent(("Lien", "https://exemple.fr"), phone="04 00 00 00 00"))
    with enter(cast.aubin.schema_name):
        edit = PageEdit.objects.get()
        entry = Entry.objects.get(verb="presentation.revised")
    assert edit.author_id == cast.aubin.editor.id
    assert {"introduction", "links"} <= set(edit.changed)
    assert "phone" not in edit.changed
    assert entry.author_id == cast.aubin.editor.id
    html = editor.get(OFFICE).content.decode()
    assert "· Editor : titre, introduction" in html
    assert "liens utiles" in html


def test_saving_without_changing_anything_leaves_no_trace(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent(("Lien", "https://exemple.fr")))
    before = page(cast.aubin)
    assert editor.post(OFFICE, sent(("Lien", "https://exemple.fr"))).status_code == 302
    after = page(cast.aubin)
    assert before is not None
    assert after is not None
    assert before.version == after.version == 2
    with enter(cast.aubin.schema_name):
        assert PageEdit.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""), ("title", "x" * 101), ("title", "\x00"), ("introduction", "x" * 2001), ("address", "x" * 301),
        ("history", "x" * 20_001), ("opening_hours", "x" * 601), ("email", "mairie"), ("email", "a@b"),
        ("email", "x" * 300 + "@exemple.fr"), ("phone", "le matin"), ("phone", "0" * 31), ("phone", "1"),
        ("phone", "04 92 <b>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [OFFICE, PREVIEW])
def test_what_cannot_be_kept_is_said_at_its_field_and_comes_back(
    cast: Cast, editor: Client, address: str, field: str, typed: str
) -> None:
    response = editor.post(address, sent(("Lien", "https://exemple.fr"), **{field: typed}))
    assert response.status_code == 422
    html = response.content.decode()
    assert field in response.context["form"].errors
    assert "À corriger avant de continuer" in html
    assert "En 1200." in html or field == "history"
    assert 'value="https://exemple.fr"' in html
    kept = page(cast.aubin)
    assert kept is not None
    assert kept.version == 1


@pytest.mark.parametrize("number", ["04 92 00 00 00", "04.92.00.00.00", "+33 4 92 00 00 00", "3949", "112", ""])
def test_a_telephone_number_is_written_as_people_write_it(cast: Cast, editor: Client, number: str) -> None:
    assert editor.post(OFFICE, sent(phone=number)).status_code == 302


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "https://exemple.fr"), "Donnez un intitulé à ce lien."),
        (("Sans adresse", ""), "Indiquez l’adresse de ce lien, ou effacez son intitulé."),
        (("Piège", "javascript:alert(1)"), "Écrivez une adresse web"),
        (("Piège", "data:text/html,x"), "Écrivez une adresse web"),
        (("Espace", "https://exemple .fr"), "Écrivez une adresse web"),
        (("x" * 81, "https://exemple.fr"), "80"),
        (("Long", "https://exemple.fr/" + "x" * 300), "300"),
        (("\x00", "https://exemple.fr"), "nul"),
    ],
)
def test_a_wrong_link_is_said_at_its_field_and_in_the_summary(
    cast: Cast, editor: Client, row: tuple[str, str], said: str
) -> None:
    response = editor.post(OFFICE, sent(("Bon", "https://exemple.fr"), row))
    assert response.status_code == 422
    html = response.content.decode()
    summary = html[html.index('class="summary"') : html.index('<form class="editor"')]
    assert "Lien 2, " in summary
    assert said in summary
    assert said in html[html.index('<form class="editor"') :]
    assert links(cast.aubin) == []


def test_links_are_kept_in_their_order_and_empty_rows_are_left_out(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent(("B", "https://b.fr"), ("", ""), ("A", "exemple.fr")))
    assert links(cast.aubin) == [("B", "https://b.fr"), ("A", "https://exemple.fr")]
    editor.post(OFFICE, sent(("A", "https://exemple.fr"), version="2"))
    assert links(cast.aubin) == [("A", "https://exemple.fr")]


def test_twelve_links_are_kept_and_no_more(cast: Cast, editor: Client) -> None:
    rows = [(f"Lien {number}", f"https://exemple.fr/{number}") for number in range(MOST_LINKS + 1)]
    response = editor.post(OFFICE, sent(*rows))
    assert response.status_code == 422
    assert "Douze liens au plus" in response.content.decode()
    assert editor.post(OFFICE, sent(*rows[:-1])).status_code == 302
    assert len(links(cast.aubin)) == MOST_LINKS


@pytest.mark.parametrize("total", ["", "x", "99999999", "\x00"])
def test_rows_announced_wrong_break_nothing_and_lose_no_link(cast: Cast, editor: Client, total: str) -> None:
    editor.post(OFFICE, sent(("Bon", "https://exemple.fr")))
    response = editor.post(OFFICE, {**sent(version="2"), "links-TOTAL_FORMS": total})
    assert response.status_code == 422
    html = response.content.decode()
    assert "À corriger avant de continuer" in html
    assert links(cast.aubin) == [("Bon", "https://exemple.fr")]
    if total != "99999999":
        assert 'value="https://exemple.fr"' in html


def test_who_edits_after_somebody_else_sees_both_and_loses_nothing(cast: Cast, editor: Client, client_of: Of) -> None:
    client_of(cast.aubin.administrator).post(OFFICE, sent(("Le sien", "https://exemple.fr"), introduction="Le sien."))
    mine = sent(("Le mien", "https://exemple.fr"), introduction="Le mien.")
    response = editor.post(OFFICE, mine)
    assert response.status_code == 409
    html = response.content.decode()
    for words in ("<p>Le sien.</p>", "<b>Le sien</b>", "Le mien.</textarea>", 'value="Le mien"', 'value="2"'):
        assert words in html
    assert links(cast.aubin) == [("Le sien", "https://exemple.fr")]
    assert editor.post(OFFICE, {**mine, "version": "2"}).status_code == 302
    assert links(cast.aubin) == [("Le mien", "https://exemple.fr")]


@pytest.mark.parametrize("version", ["", "0", "x", "-4", "9" * 400, "\x00"])
def test_a_version_that_is_none_overwrites_nothing(cast: Cast, editor: Client, version: str) -> None:
    assert editor.post(OFFICE, sent(version=version)).status_code in {409, 422}
    kept = page(cast.aubin)
    assert kept is not None
    assert kept.title == "Sainte-Colombe"


def test_the_preview_shows_what_would_be_read_and_keeps_what_was_typed(cast: Cast, editor: Client) -> None:
    response = editor.post(PREVIEW, sent(("Bon", "https://exemple.fr"), introduction=HOSTILE))
    assert response.status_code == 200
    html = response.content.decode()
    assert "Aperçu : rien n’est encore enregistré." in html
    assert html.count(escape(HOSTILE)) == 2, "in the preview and in the form"
    assert "<b>Bon</b>" in html
    assert links(cast.aubin) == []
    assert editor.get(PREVIEW).headers["Location"] == OFFICE


def test_control_characters_are_left_out(cast: Cast, editor: Client) -> None:
    editor.post(OFFICE, sent(("Li\x07en\n", "https://exemple.fr"), history="Un\x1b\r\ndeux", title="Saint\tAubin\x85"))
    kept = page(cast.aubin)
    assert kept is not None
    assert (kept.title, kept.history) == ("Saint Aubin", "Un\ndeux")
    assert links(cast.aubin) == [("Lien", "https://exemple.fr")]


def test_html_comes_back_to_the_form_as_typed(cast: Cast, editor: Client) -> None:
    words: dict[str, Any] = dict.fromkeys(("title", "introduction", "history", "address", "opening_hours"), HOSTILE)
    editor.post(OFFICE, sent((HOSTILE, "https://exemple.fr"), **words))
    html = editor.get(OFFICE).content.decode()
    assert "<script>alert" not in html
    assert html.count(escape(HOSTILE)) >= 6
