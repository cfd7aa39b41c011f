"""The mairie's lists: who may, what is refused, who was first, what comes back."""

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.audit.models import Entry
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.web.meanwhile import digest
from modules.presentation.models import LocalNumber, Member, Term, UsefulLink
from modules.presentation.tests.full import fill
from modules.presentation.views.boards import BOARDS, KINDS
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/commune/"
LINK = f"{OFFICE}liens/utiles/"
MEMBER = f"{OFFICE}equipe/membres/"
TYPED = {"label": "Impôts", "url": "https://www.impots.gouv.fr", "theme": "Démarches"}
HOSTILE = "<script>alert(1)</script>"


def links(place: Place, **wanted: Any) -> list[UsefulLink]:
    with enter(place.schema_name):
        return list(UsefulLink.objects.kept().filter(**wanted))


def added(client: Client, place: Place, **typed: str) -> UsefulLink:
    key = uuid7()
    assert client.post(f"{LINK}nouveau/", {**TYPED, "key": key, **typed}).status_code == 302
    with enter(place.schema_name):
        return UsefulLink.objects.get(pk=key)


def test_who_is_not_of_the_mairie_changes_no_list(cast: Cast, client_on: On, client_of: Of) -> None:
    strangers = {
        client_on(cast.aubin.host): 302,
        client_of(cast.belleville.editor, cast.aubin.host): 302,
        client_of(cast.aubin.resident): 403,
    }
    paths = [f"{OFFICE}{board.segment}/" for board in BOARDS]
    paths += [f"{OFFICE}{kind.segment}/nouveau/" for kind in KINDS.values()]
    for stranger, status in strangers.items():
        assert {stranger.get(path).status_code for path in paths} == {status}
        assert stranger.post(f"{LINK}nouveau/", TYPED).status_code == status
    assert links(cast.aubin) == []


def test_what_is_added_is_read_at_once_and_leaves_its_line_in_the_journal(
    cast: Cast, client_on: On, client_of: Of
) -> None:
    added(client_of(cast.aubin.editor), cast.aubin)
    page = client_on(cast.aubin.host).get("/commune/").content.decode()
    assert "Impôts" in page and "<h3>Démarches</h3>" in page
    with enter(cast.aubin.schema_name):
        entry = Entry.objects.get(verb="presentation.created")
    assert entry.author_id == cast.aubin.editor.id and "Impôts" in entry.target


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("url", "javascript:alert(1)", "Écrivez une adresse web"),
        ("url", "JaVaScRiPt://exemple.fr/%0aalert(1)", "Écrivez une adresse web"),
        ("url", "data:text/html,x", "Écrivez une adresse web"),
        ("url", "ftp://exemple.fr", "Écrivez une adresse web"),
        ("url", "//exemple.fr", "Écrivez une adresse web"),
        ("url", "/\\exemple.fr", "Écrivez une adresse web"),
        ("url", "http://localhost/", "réseau privé"),
        ("url", "http://127.0.0.1/", "réseau privé"),
        ("url", "http://[::1]/", "réseau privé"),
        ("url", "http://169.254.169.254/latest/meta-data/", "réseau privé"),
        ("url", "http://10.0.0.5/", "réseau privé"),
        ("url", "http://intranet.local/", "réseau privé"),
        ("url", "https://qui:quoi@exemple.fr/", "mot de passe"),
        ("url", "https://exemple .fr", "Écrivez une adresse web"),
        ("url", "https://exemple.fr/" + "x" * 10_000, "300"),
        ("url", "", "obligatoire"),
        ("label", "x" * 10_000, "80"),
        ("label", "\x00", "obligatoire"),
        ("label", " ", "obligatoire"),
        ("theme", "x" * 61, "60"),
    ],
)
def test_a_wrong_link_is_said_at_its_field_and_what_was_typed_comes_back(
    cast: Cast, client_of: Of, field: str, typed: str, said: str
) -> None:
    answer = client_of(cast.aubin.editor).post(f"{LINK}nouveau/", {**TYPED, field: typed})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert said in str(answer.context["form"].errors[field])
    assert "À corriger avant de continuer" in page
    for name in {"label", "theme"} - {field}:
        assert TYPED[name] in page
    assert links(cast.aubin) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        (" https://exemple.fr/a?b=c ", "https://exemple.fr/a?b=c"),
        ("/actualites/", "/actualites/"),
        ("https://{host}/agenda/", "/agenda/"),
        ("https://{host}", "/"),
    ],
)
def test_an_address_is_kept_as_residents_need_it(cast: Cast, client_of: Of, typed: str, kept: str) -> None:
    link = added(client_of(cast.aubin.editor), cast.aubin, url=typed.format(host=cast.aubin.host))
    assert link.url == kept


def test_html_is_read_as_it_was_typed(cast: Cast, client_of: Of, client_on: On) -> None:
    client = client_of(cast.aubin.editor)
    link = added(client, cast.aubin, label=HOSTILE, theme=HOSTILE)
    pages = [
        client.get(f"{OFFICE}liens/"),
        client.get(f"{LINK}{link.pk}/"),
        client_on(cast.aubin.host).get("/commune/"),
    ]
    for page in pages:
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_a_form_sent_twice_is_heard_once(cast: Cast, client_of: Of) -> None:
    client, key = client_of(cast.aubin.editor), str(uuid7())
    for _ in range(2):
        assert client.post(f"{LINK}nouveau/", {**TYPED, "key": key}).status_code == 302
    assert len(links(cast.aubin)) == 1
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="presentation.created").count() == 1


def test_the_second_of_two_editors_sees_what_the_first_kept_and_loses_nothing(cast: Cast, client_of: Of) -> None:
    mine, theirs = client_of(cast.aubin.editor), client_of(cast.aubin.administrator)
    link = added(mine, cast.aubin)
    read = digest(link.state())
    assert theirs.post(f"{LINK}{link.pk}/", {**TYPED, "label": "Le leur", "read": read}).status_code == 302
    answer = mine.post(f"{LINK}{link.pk}/", {**TYPED, "label": "Le mien", "read": read})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Le leur" in page and 'value="Le mien"' in page
    again = {**TYPED, "label": "Le mien", "read": answer.context["read"]}
    assert mine.post(f"{LINK}{link.pk}/", again).status_code == 302
    assert [each.label for each in links(cast.aubin)] == ["Le mien"]


def test_a_row_goes_up_and_down_without_script(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    rows = [added(client, cast.aubin, label=label) for label in "ABC"]
    for row, way, order in ((rows[2], "haut", "ACB"), (rows[0], "haut", "ACB"), (rows[0], "bas", "CAB")):
        assert client.post(f"{LINK}{row.pk}/deplacer/", {"sens": way}).status_code == 302
        assert "".join(each.label for each in links(cast.aubin)) == order


def test_what_is_removed_can_be_put_back_for_a_month(cast: Cast, client_of: Of, client_on: On) -> None:
    client = client_of(cast.aubin.editor)
    link = added(client, cast.aubin)
    for _ in range(2):
        assert client.post(f"{LINK}{link.pk}/retirer/").status_code == 302
    assert "Impôts" not in client_on(cast.aubin.host).get("/commune/").content.decode()
    assert "Remettre" in client.get(f"{OFFICE}liens/").content.decode()
    assert client.get(f"{LINK}{link.pk}/").status_code == 404
    answer = client.post(f"{LINK}{link.pk}/", {**TYPED, "label": "Trop tard"})
    assert answer.status_code == 422 and "retirée entre-temps" in answer.content.decode()
    assert client.post(f"{LINK}{link.pk}/remettre/").status_code == 302
    assert [each.label for each in links(cast.aubin)] == ["Impôts"]


def test_another_address_forgets_what_was_found_of_the_first(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    link = added(client, cast.aubin)
    with enter(cast.aubin.schema_name):
        UsefulLink.objects.update(failures=3, outcome="gone", checked_at=timezone.now())
    client.post(f"{LINK}{link.pk}/", {**TYPED, "label": "Autre nom", "read": digest(link.state())})
    [link] = links(cast.aubin)
    assert link.is_broken
    client.post(f"{LINK}{link.pk}/", {**TYPED, "url": "https://exemple.fr", "read": digest(link.state())})
    [link] = links(cast.aubin)
    assert (link.failures, link.outcome, link.checked_at) == (0, "", None)


def test_a_full_list_says_so(cast: Cast, client_of: Of) -> None:
    with enter(cast.aubin.schema_name):
        LocalNumber.objects.bulk_create(LocalNumber(label="a", phone="112") for _ in range(LocalNumber.MOST))
    answer = client_of(cast.aubin.editor).post(f"{OFFICE}liens/numeros/nouveau/", {"label": "b", "phone": "112"})
    assert answer.status_code == 422 and "20 lignes au plus" in answer.content.decode()


@pytest.mark.parametrize("phone", ["le matin", "0" * 31, "1", "04 92 <b>", ""])
def test_a_number_that_nobody_can_call_is_refused(cast: Cast, client_of: Of, phone: str) -> None:
    answer = client_of(cast.aubin.editor).post(f"{OFFICE}liens/numeros/nouveau/", {"label": "Eau", "phone": phone})
    assert answer.status_code == 422 and "phone" in answer.context["form"].errors


def test_a_member_points_at_known_services_only(cast: Cast, client_of: Of) -> None:
    typed = {"first_name": "Ada", "surname": "Lac", "function": "Maire", "departments": [str(uuid7())]}
    answer = client_of(cast.aubin.editor).post(f"{MEMBER}nouveau/", typed)
    assert answer.status_code == 422 and "departments" in answer.context["form"].errors


def test_the_first_member_begins_a_term_that_nobody_dates(cast: Cast, client_of: Of) -> None:
    typed = {"first_name": "Ada", "surname": "Lac", "function": "Maire"}
    assert client_of(cast.aubin.editor).post(f"{MEMBER}nouveau/", typed).status_code == 302
    with enter(cast.aubin.schema_name):
        assert (Member.objects.get().term, Term.objects.get().began_on) == (Term.objects.get(), None)


@pytest.mark.parametrize("board", BOARDS, ids=[board.slug for board in BOARDS])
def test_a_page_of_lists_costs_the_same_however_long_they_are(cast: Cast, client_of: Of, board: Any) -> None:
    client, counts = client_of(cast.aubin.editor), []
    for count in (2, 8):
        fill(cast.aubin, count, timezone.localdate())
        client.get(f"{OFFICE}{board.segment}/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{OFFICE}{board.segment}/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10, [each["sql"] for each in captured]


def test_a_row_of_another_list_is_not_found(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    link = added(client, cast.aubin)
    assert client.get(f"{OFFICE}liens/numeros/{link.pk}/").status_code == 404
    assert client.post(f"{MEMBER}{UUID(int=1)}/retirer/").status_code == 404


def test_what_was_removed_does_not_come_back_to_a_list_that_is_full(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    with enter(cast.aubin.schema_name):
        LocalNumber.objects.all().delete()
        rows = [LocalNumber(label=f"Astreinte {at}", phone="04 00 00 00 00", position=at) for at in range(21)]
        gone = LocalNumber.objects.bulk_create(rows)[-1]
        LocalNumber.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    (kind,) = (each for each in KINDS.values() if each.model is LocalNumber)
    page = editor.post(f"{OFFICE}{kind.segment}/{gone.pk}/remettre/", follow=True)
    assert "Cette liste est pleine" in page.content.decode()
    with enter(cast.aubin.schema_name):
        assert LocalNumber.objects.kept().count() == LocalNumber.MOST
