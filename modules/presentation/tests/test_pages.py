"""Pages: begun, named, put online, moved, deleted and put back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from core.tenancy.context import enter
from modules.presentation.actions import pages
from modules.presentation.actions.pages import merged
from modules.presentation.models import Block, FormerSlug, Page, PageVersion
from modules.presentation.tests.facts import facts
from modules.presentation.tests.writing import OFFICE, begin, online, with_text
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
HOSTILE = "<script>alert(1)</script> & «\"'»"


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


@pytest.mark.parametrize("address", ["", "pages/nouvelle/", "pages/{key}/", "pages/{key}/mettre-en-ligne/"])
def test_who_is_not_of_the_mairie_has_no_page(cast: Cast, client_on: On, client_of: Of, address: str) -> None:
    where = OFFICE + address.format(key=uuid4())
    for stranger, status in (
        (client_on(cast.aubin.host), 302),
        (client_of(cast.belleville.editor, cast.aubin.host), 302),
        (client_of(cast.aubin.resident), 403),
    ):
        assert stranger.get(where).status_code == status
        assert stranger.post(where, {"title": "Piège"}).status_code == status
    with enter(cast.aubin.schema_name):
        assert not Page.objects.exists()


def test_a_draft_is_read_by_nobody_and_previewed_by_the_mairie(cast: Cast, editor: Client, client_on: On) -> None:
    desk = begin(editor)
    with_text(editor, desk)
    assert client_on(cast.aubin.host).get("/commune/notre-histoire/").status_code == 404
    shown = editor.get(f"{desk}apercu/").content.decode()
    assert "Un château." in shown
    assert "Aperçu" in shown


def test_residents_go_on_reading_what_is_online_until_the_next_time(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    resident = client_on(cast.aubin.host)
    with_text(editor, desk, "Brûlé en 1793.")
    before = resident.get("/commune/notre-histoire/").content.decode()
    assert "Un château." in before
    assert "1793" not in before
    assert "Mise à jour" in before
    assert "Modifications à mettre en ligne" in editor.get(desk).content.decode()
    editor.post(f"{desk}mettre-en-ligne/")
    assert "Brûlé en 1793." in resident.get("/commune/notre-histoire/").content.decode()


def test_what_is_put_online_twice_is_published_once(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        assert PageVersion.objects.filter(published_at__isnull=False).count() == 1


def test_a_page_taken_off_the_site_is_kept_and_put_online_again(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    editor.post(f"{desk}retirer/")
    resident = client_on(cast.aubin.host)
    assert resident.get("/commune/notre-histoire/").status_code == 404
    editor.post(f"{desk}mettre-en-ligne/")
    assert resident.get("/commune/notre-histoire/").status_code == 200


def test_an_address_that_changed_leads_to_the_new_one(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    for slug in ("histoire", "passe"):
        form = editor.get(f"{desk}titre/").context["form"]
        read = editor.get(f"{desk}titre/").context["read"]
        sent = {"title": form.initial["title"], "summary": "", "slug": slug, "read": read}
        assert editor.post(f"{desk}titre/", sent).status_code == 302
    resident = client_on(cast.aubin.host)
    for former in ("notre-histoire", "histoire"):
        answer = resident.get(f"/commune/{former}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/commune/passe/")
    assert resident.get("/commune/passe/").status_code == 200
    assert resident.get("/commune/jamais/").status_code == 404


def test_an_address_taken_again_leads_no_longer_elsewhere(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    editor.post(
        f"{desk}titre/",
        {"title": "Notre histoire", "slug": "passe", "read": editor.get(f"{desk}titre/").context["read"]},
    )
    online(editor, "Notre histoire", "Une autre.")
    assert "Une autre." in client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode()


@pytest.mark.parametrize("slug", ["notre-histoire", "Équipe", "a b", "../x", "equipe", "x" * 61, "\x00"])
def test_an_address_that_cannot_be_is_said_at_its_field(cast: Cast, editor: Client, slug: str) -> None:
    begin(editor)
    answer = editor.post(f"{OFFICE}pages/nouvelle/", {"title": "Autre", "slug": slug})
    assert answer.status_code == 422
    assert "slug" in answer.context["form"].errors
    with enter(cast.aubin.schema_name):
        assert Page.objects.count() == 1


def test_two_pages_of_one_title_have_two_addresses(cast: Cast, editor: Client) -> None:
    begin(editor, "L’école & l’œuvre")
    begin(editor, "L’école & l’œuvre")
    begin(editor, "🏔")
    with enter(cast.aubin.schema_name):
        assert set(Page.objects.values_list("slug", flat=True)) == {"l-ecole-l-oeuvre", "l-ecole-l-oeuvre-2", "page"}


def test_a_form_sent_twice_begins_one_page(cast: Cast, editor: Client) -> None:
    key = str(uuid4())
    assert begin(editor, key=key) == begin(editor, key=key)
    answer = editor.post(f"{OFFICE}pages/nouvelle/", {"title": "Tout autre", "key": key})
    assert answer.status_code == 409
    assert "Tout autre" in answer.content.decode()
    with enter(cast.aubin.schema_name):
        assert Page.objects.count() == 1


def test_who_names_a_page_after_somebody_else_sees_both(cast: Cast, editor: Client, client_of: Of) -> None:
    desk = begin(editor)
    read = editor.get(f"{desk}titre/").context["read"]
    theirs = {"title": "Le sien", "summary": "", "slug": "", "read": read}
    assert client_of(cast.aubin.administrator).post(f"{desk}titre/", theirs).status_code == 302
    answer = editor.post(f"{desk}titre/", theirs | {"title": "Le mien"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Le sien" in html
    assert 'value="Le mien"' in html
    again = theirs | {"title": "Le mien", "read": answer.context["read"]}
    assert editor.post(f"{desk}titre/", again).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed"), [("title", ""), ("title", "x" * 101), ("title", "\x00"), ("summary", "x" * 201)]
)
def test_what_cannot_be_a_title_is_said_and_comes_back(cast: Cast, editor: Client, field: str, typed: str) -> None:
    answer = editor.post(f"{OFFICE}pages/nouvelle/", {"title": "Bon", "summary": "Resté", field: typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    if field != "summary":
        assert "Resté" in answer.content.decode()


def test_a_deleted_page_is_nowhere_and_comes_back_whole(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    resident = client_on(cast.aubin.host)
    editor.post(f"{desk}supprimer/")
    assert resident.get("/commune/notre-histoire/").status_code == 404
    assert "Notre histoire" not in editor.get(OFFICE).content.decode()
    assert "Notre histoire" in editor.get(f"{OFFICE}?etat=supprimee").content.decode()
    assert "Remettre la page" in editor.get(desk).content.decode()
    for locked in ("titre/", "blocs/", "blocs/nouveau/texte/"):
        assert editor.post(desk + locked, {"title": "x"}).status_code in {404, 405}
    editor.post(f"{desk}remettre/")
    assert resident.get("/commune/notre-histoire/").status_code == 200


def test_a_page_deleted_a_month_ago_is_erased(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    editor.post(f"{desk}supprimer/")
    with enter(cast.aubin.schema_name):
        following = pages.forget_deleted()
        assert following is not None
        Page.objects.update(deleted_at=timezone.now() - pages.DELETED_KEPT)
        assert pages.forget_deleted() is None
        assert not Page.objects.exists()
        assert not Block.objects.exists()
    assert editor.post(f"{desk}remettre/").status_code == 302


def test_the_summary_page_stays(cast: Cast, editor: Client) -> None:
    with enter(cast.aubin.schema_name):
        page = pages.open_summary(facts=facts())
    for act in ("supprimer/", "retirer/", "place/"):
        editor.post(f"{OFFICE}pages/{page.pk}/{act}")
    with enter(cast.aubin.schema_name):
        assert Page.objects.get(pk=page.pk).deleted_at is None
        assert PageVersion.objects.online().filter(page=page).exists()


def test_pages_are_moved_and_stay_all(cast: Cast, editor: Client) -> None:
    desks = [begin(editor, title) for title in "ABC"]
    editor.post(f"{desks[2]}place/", {"sens": "haut"})
    editor.post(f"{desks[0]}place/", {"sens": "haut"})
    editor.post(f"{desks[0]}place/", {"sens": "bas"})
    with enter(cast.aubin.schema_name):
        assert list(Page.objects.values_list("slug", flat=True)) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("present", "wanted", "kept"),
    [("abc", "cba", "cba"), ("abc", "ca", "cab"), ("abcd", "db", "adbc"), ("abc", "", "abc"), ("abc", "xcbacc", "cba")],
)
def test_an_order_loses_nothing_and_takes_nothing_from_elsewhere(present: str, wanted: str, kept: str) -> None:
    keys = {letter: uuid4() for letter in "abcdx"}
    found = merged([keys[each] for each in present], [keys[each] for each in wanted])
    assert found == [keys[each] for each in kept]


def test_html_in_every_field_is_read_as_typed(cast: Cast, editor: Client, client_on: On) -> None:
    desk = begin(editor, HOSTILE[:90], summary=HOSTILE, slug="piege")
    editor.post(f"{desk}mettre-en-ligne/")
    for html in (
        client_on(cast.aubin.host).get("/commune/piege/").content.decode(),
        editor.get(desk).content.decode(),
        editor.get(OFFICE).content.decode(),
        editor.get(f"{desk}versions/").content.decode(),
    ):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_the_office_finds_pages_by_their_words_and_their_state(cast: Cast, editor: Client) -> None:
    online(editor, "Le château", "Il brûla en 1793.")
    begin(editor, "La salle des fêtes")
    found = editor.get(f"{OFFICE}?q=brula").content.decode()
    assert "Le château" in found
    assert "salle des fêtes" not in found
    drafts = editor.get(f"{OFFICE}?etat=brouillon").content.decode()
    assert "salle des fêtes" in drafts
    assert "Le château" not in drafts
    for odd in ("?etat=x", "?q=%00", "?page=99", "?q=" + "x" * 200):
        assert editor.get(OFFICE + odd).status_code == 200


def test_another_communes_page_is_not_found(cast: Cast, editor: Client, client_of: Of) -> None:
    desk = online(editor)
    stranger = client_of(cast.belleville.editor)
    assert stranger.get(desk).status_code == 404
    assert stranger.get("/commune/notre-histoire/").status_code == 404


def test_a_former_address_is_not_kept_for_the_one_in_use(cast: Cast, editor: Client) -> None:
    desk = begin(editor)
    for slug in ("passe", "notre-histoire"):
        read: Any = editor.get(f"{desk}titre/").context["read"]
        editor.post(f"{desk}titre/", {"title": "Notre histoire", "slug": slug, "read": read})
    with enter(cast.aubin.schema_name):
        assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["passe"]
