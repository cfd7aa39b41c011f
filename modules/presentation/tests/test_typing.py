"""The office's forms keep what is typed, its lists are searched, and what is removed is put back by the message."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.models import User
from core.drafts.actions import keep
from core.drafts.models import Draft
from core.tenancy.context import enter
from core.web.meanwhile import digest
from modules.presentation.models import Block, LocalNumber, Member, PageVersion, Term, UsefulLink
from modules.presentation.tests.full import fill
from modules.presentation.tests.writing import OFFICE, begin, key_of, with_text
from modules.presentation.views.boards import BOARDS
from tests.cast import Cast, Place

Of = Callable[..., Client]
LINK = f"{OFFICE}liens/utiles/"
COUNCIL = f"{OFFICE}equipe/nouveau-conseil/"
TYPED = {"label": "Impôts", "url": "https://www.impots.gouv.fr", "theme": "Démarches"}


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


def begun(place: Place, kind: str, key: Any) -> None:
    with enter(place.schema_name):
        author = User.objects.get(pk=place.editor.id)
        keep(owner=author, kind=kind, key=key, fields=[("label", ["Début"])], read=None)


def drafts(place: Place) -> int:
    with enter(place.schema_name):
        return Draft.objects.count()


def link_of(place: Place, label: str = "Impôts") -> UsefulLink:
    with enter(place.schema_name):
        return UsefulLink.objects.create(label=label, url="https://exemple.fr")


def labels(place: Place) -> list[str]:
    with enter(place.schema_name):
        return [row.label for row in UsefulLink.objects.kept()]


def forms(cast: Cast, editor: Client) -> Iterator[tuple[str, str, UUID, dict[str, Any]]]:
    """Each kind of form: its address, under what it is kept, and what saves it."""
    me = cast.aubin.editor.id
    link = link_of(cast.aubin)
    yield f"{LINK}nouveau/", "link", me, TYPED
    yield f"{LINK}{link.pk}/", "link", link.pk, {**TYPED, "read": digest(link.state())}
    yield COUNCIL, "council", me, {"text": "Ada;Lac;Maire", "faire": "remplacer", "read": digest([])}
    desk = begin(editor)
    yield f"{OFFICE}pages/nouvelle/", "titre", me, {"title": "Salle des fêtes"}
    yield f"{desk}titre/", "titre", key_of(desk), {"title": "Histoire", "slug": "notre-histoire"}
    yield f"{desk}blocs/nouveau/texte/", "texte", key_of(desk), {"body": "Un château."}
    with_text(editor, desk)
    with enter(cast.aubin.schema_name):
        block = Block.objects.filter(version__in=PageVersion.objects.working()).latest("place").key
    yield f"{desk}blocs/{block}/", "bloc", block, {"body": "Deux châteaux."}


def test_what_is_typed_is_kept_until_the_form_is_saved(cast: Cast, editor: Client) -> None:
    for address, kind, key, typed in forms(cast, editor):
        begun(cast.aubin, f"presentation-{kind}", key)
        page = editor.get(address)
        assert f'data-draft="/mairie/brouillons/presentation-{kind}/{key}/"' in page.content.decode(), address
        if "read" in typed:
            typed["read"] = page.context["read"]
        answer = editor.post(address, typed)
        assert answer.status_code == 302, (address, answer.content.decode())
        assert drafts(cast.aubin) == 0, address


def test_what_is_refused_stays_kept(cast: Cast, editor: Client) -> None:
    me, link = cast.aubin.editor.id, link_of(cast.aubin)
    begun(cast.aubin, "presentation-link", me)
    begun(cast.aubin, "presentation-link", link.pk)
    begun(cast.aubin, "presentation-council", me)
    assert editor.post(f"{LINK}nouveau/", {**TYPED, "url": ""}).status_code == 422
    assert editor.post(f"{LINK}{link.pk}/", {**TYPED, "read": "ancien"}).status_code == 409
    assert editor.post(COUNCIL, {"text": ""}).status_code == 422
    assert editor.post(COUNCIL, {"text": "Ada;Lac;Maire"}).status_code == 200
    assert drafts(cast.aubin) == 3


def test_saving_one_row_forgets_nothing_of_another(cast: Cast, editor: Client) -> None:
    other = link_of(cast.aubin, "Autre")
    begun(cast.aubin, "presentation-link", other.pk)
    begun(cast.aubin, "presentation-number", cast.aubin.editor.id)
    assert editor.post(f"{LINK}nouveau/", TYPED).status_code == 302
    assert drafts(cast.aubin) == 2


def test_a_removal_offers_to_be_taken_back(cast: Cast, editor: Client) -> None:
    link = link_of(cast.aubin)
    page = editor.post(f"{LINK}{link.pk}/retirer/", follow=True).content.decode()
    assert labels(cast.aubin) == []
    offered = page.partition('class="messages"')[2].partition("</div>")[0]
    assert f'action="{LINK}{link.pk}/remettre/"' in offered and "Annuler" in offered
    for _ in range(2):
        assert editor.post(f"{LINK}{link.pk}/remettre/").status_code == 302
    assert labels(cast.aubin) == ["Impôts"]


def test_a_removal_that_can_no_longer_be_taken_back_is_said(cast: Cast, editor: Client) -> None:
    with enter(cast.aubin.schema_name):
        term = Term.objects.create()
        member = Member.objects.create(term=term, first_name="Ada", surname="Lac", function="Maire")
    editor.post(f"{OFFICE}equipe/membres/{member.pk}/retirer/")
    with enter(cast.aubin.schema_name):
        Term.objects.update(current=None, ended_at=timezone.now())
    page = editor.post(f"{OFFICE}equipe/membres/{member.pk}/remettre/", follow=True).content.decode()
    assert "ne peut plus être remise" in page and "<b>Ada" not in page.partition('id="member"')[2].partition("</ol>")[0]


def numbers(place: Place, count: int) -> None:
    with enter(place.schema_name):
        LocalNumber.objects.bulk_create(LocalNumber(label=f"Eau {number}", phone="112") for number in range(count))


def test_only_long_lists_are_searched(cast: Cast, editor: Client) -> None:
    numbers(cast.aubin, 10)
    assert 'name="q"' not in editor.get(f"{OFFICE}liens/").content.decode()
    numbers(cast.aubin, 1)
    assert 'name="q"' in editor.get(f"{OFFICE}liens/").content.decode()


@pytest.mark.parametrize("words", ["impots", "IMPÔTS", "ots exemple", " impôts\t"])
def test_every_word_is_looked_for_accents_and_capitals_aside(cast: Cast, editor: Client, words: str) -> None:
    link_of(cast.aubin)
    link_of(cast.aubin, "Cadastre")
    numbers(cast.aubin, 11)
    page = editor.get(f"{OFFICE}liens/", {"q": words}).content.decode()
    assert "<b>Impôts</b>" in page
    assert "Cadastre" not in page and "<b>Eau" not in page
    assert 'name="sens"' not in page


@pytest.mark.parametrize("words", ["introuvable", "<script>alert(1)</script>", "\x00zz", "%", "x" * 5000])
def test_a_search_that_finds_nothing_says_so_and_leads_back(cast: Cast, editor: Client, words: str) -> None:
    link_of(cast.aubin)
    answer = editor.get(f"{OFFICE}liens/", {"q": words})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Rien ici ne contient" in page
    assert f'href="{OFFICE}liens/">Tout revoir' in page
    assert "<script>alert" not in page and "x" * 101 not in page


@pytest.mark.parametrize("board", BOARDS, ids=[board.slug for board in BOARDS])
def test_a_search_costs_the_same_however_long_the_lists_are(cast: Cast, editor: Client, board: Any) -> None:
    counts = []
    for count in (2, 8):
        fill(cast.aubin, count, timezone.localdate())
        editor.get(f"{OFFICE}{board.segment}/?q=a")
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(f"{OFFICE}{board.segment}/?q=a").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10, counts
