"""Residents prove where they live, by letter or at the counter; the mairie prints, posts, verifies and takes back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.actions import delete_account
from core.accounts.levels import Level
from core.accounts.models import ResidencyLetter, ResidencyProof, User
from core.accounts.residency import LETTERS, TRIES, forget_addresses
from core.audit.models import Entry
from space.tests.conftest import Inside, Statements
from tests.cast import Cast, Person

Of = Callable[..., Client]
PAGE = "/compte/niveau/"
OFFICE = "/mairie/courriers/"
ASKED = {"name": "Camille <b>", "address": "1 rue du Four\n80100 Saint-Aubin"}


def page_of(person: Person) -> str:
    return f"/mairie/habitants/{person.id}/"


def level_of(person: Person) -> Level:
    return User.objects.get(pk=person.id).level


def printed(administrator: Client, inside: Inside) -> str:
    """The code of the sheet of the only letter."""
    with inside():
        letter = ResidencyLetter.objects.get(closed_at__isnull=True)
    sheet = administrator.post(f"{OFFICE}{letter.pk}/imprimer/").content.decode()
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", sheet)
    assert found
    return found[0]


@pytest.fixture
def asked(resident: Client) -> None:
    assert resident.post(PAGE + "courrier/", ASKED)["Location"] == PAGE


def test_letters_and_levels_are_the_administrators(
    cast: Cast, resident: Client, editor: Client, asked: None, inside: Inside
) -> None:
    with inside():
        key = ResidencyLetter.objects.get().pk
    for browser in (resident, editor):
        assert browser.get(OFFICE).status_code == 403
        for path in (f"{OFFICE}{key}/imprimer/", f"{OFFICE}{key}/poste/", page_of(cast.aubin.resident) + "niveau/"):
            assert browser.post(path, {"proof": "on"}).status_code == 403
    with inside():
        assert level_of(cast.aubin.resident) is Level.N1


def test_a_code_proves_nothing_unless_it_is_the_last_printed_for_this_person(
    cast: Cast, resident: Client, editor: Client, administrator: Client, asked: None, inside: Inside
) -> None:
    assert "Aucun courrier n’attend votre code" in resident.post(PAGE, {"code": "ABCDEFGH"}).content.decode()
    first, last = printed(administrator, inside), printed(administrator, inside)
    assert resident.post(PAGE, {"code": first}).status_code == 422
    assert "Aucun courrier n’attend votre code" in editor.post(PAGE, {"code": last}).content.decode()
    with inside():
        assert last not in str(ResidencyLetter.objects.values().get())
        ResidencyLetter.objects.update(expires_at=timezone.now())
    assert resident.post(PAGE, {"code": last}).status_code == 422
    with inside():
        assert level_of(cast.aubin.resident) is Level.N1


def test_five_wrong_codes_spend_the_letter(
    cast: Cast, resident: Client, administrator: Client, asked: None, inside: Inside
) -> None:
    code = printed(administrator, inside)
    for _ in range(TRIES - 1):
        assert "n’est pas celui du dernier courrier" in resident.post(PAGE, {"code": "AAAA-AAAA"}).content.decode()
    assert "Cinq essais" in resident.post(PAGE, {"code": "AAAA-AAAA"}).content.decode()
    assert resident.post(PAGE, {"code": code}).status_code == 422
    with inside():
        assert level_of(cast.aubin.resident) is Level.N1
        assert ResidencyLetter.objects.get().address == ""


def test_the_code_of_the_letter_proves_the_level_however_it_is_typed(
    cast: Cast, resident: Client, administrator: Client, asked: None, inside: Inside
) -> None:
    code = printed(administrator, inside)
    assert resident.post(PAGE, {"code": f" {code.lower().replace('-', ' ')} "})["Location"] == PAGE
    assert "Domicile vérifié" in resident.get(PAGE).content.decode()
    with inside():
        assert level_of(cast.aubin.resident) is Level.N2
        letter = ResidencyLetter.objects.get()
        assert (letter.name, letter.address, letter.code_hash) == ("", "", "")
    assert "déjà vérifié" in resident.post(PAGE + "courrier/", ASKED, follow=True).content.decode()


def test_a_letter_is_printed_then_posted_and_leaves_the_list(
    administrator: Client, resident: Client, asked: None, inside: Inside
) -> None:
    assert "1 courrier à poster" in administrator.get("/mairie/").content.decode()
    page = administrator.get(OFFICE).content.decode()
    assert "Camille &lt;b&gt;" in page
    with inside():
        path = f"{OFFICE}{ResidencyLetter.objects.get().pk}/"
    assert administrator.get(path + "imprimer/")["Location"] == OFFICE
    assert "Imprimez d’abord ce courrier" in administrator.post(path + "poste/", follow=True).content.decode()
    code = printed(administrator, inside)
    administrator.post(path + "poste/")
    assert "Aucun courrier n’attend." in administrator.get(OFFICE).content.decode()
    assert administrator.post(path + "imprimer/").status_code == 404
    assert "La mairie l’a posté" in resident.get(PAGE).content.decode()
    assert resident.post(PAGE, {"code": code}).status_code == 302


@pytest.mark.parametrize("wrong", [{"name": ""}, {"address": " "}, {"address": "x" * 301}, {"name": "a\0b"}])
def test_a_wrong_demand_says_why_and_keeps_what_was_typed(
    wrong: dict[str, str], resident: Client, inside: Inside
) -> None:
    answer = resident.post(PAGE + "courrier/", {**ASKED, **wrong})
    assert answer.status_code == 422
    assert "À corriger avant de continuer" in answer.content.decode()
    assert ("Camille &lt;b&gt;" in answer.content.decode()) or "name" in wrong
    with inside():
        assert not ResidencyLetter.objects.exists()


def test_one_letter_at_a_time_and_three_in_two_months(resident: Client, inside: Inside) -> None:
    for _ in range(LETTERS):
        assert resident.post(PAGE + "courrier/", ASKED).status_code == 302
        assert resident.post(PAGE + "courrier/", ASKED).status_code == 302  # sent twice
        other = resident.post(PAGE + "courrier/", {**ASKED, "address": "2 rue du Four"})
        assert "déjà demandé" in other.content.decode()
        resident.post(PAGE + "courrier/annuler/")
    answer = resident.post(PAGE + "courrier/", ASKED)
    assert answer.status_code == 409
    assert "passez plutôt à la mairie" in answer.content.decode()
    with inside():
        assert not ResidencyLetter.objects.exclude(address="").exists()


def test_an_address_is_forgotten_after_sixty_days(resident: Client, asked: None, inside: Inside) -> None:
    with inside():
        assert forget_addresses() == ResidencyLetter.objects.get().expires_at
        ResidencyLetter.objects.update(expires_at=timezone.now())
        assert forget_addresses() is None
        assert ResidencyLetter.objects.get().address == ""


def test_an_identity_alone_does_not_say_where_somebody_lives(cast: Cast, administrator: Client, inside: Inside) -> None:
    for sent in ({}, {"identity": "on"}):
        answer = administrator.post(page_of(cast.aubin.resident) + "niveau/", sent)
        assert answer.status_code == 422
        assert "Sans justificatif de domicile" in answer.content.decode()
    with inside():
        assert not ResidencyProof.objects.exists()


@pytest.mark.parametrize(
    ("sent", "level"), [({"proof": "on"}, Level.N2), ({"proof": "on", "identity": "on"}, Level.N3)]
)
def test_the_counter_gives_a_level_by_what_was_seen(
    sent: dict[str, str], level: Level, cast: Cast, administrator: Client, resident: Client, asked: None, inside: Inside
) -> None:
    path = page_of(cast.aubin.resident)
    administrator.post(path + "niveau/", sent)
    with inside():
        assert level_of(cast.aubin.resident) is level
        proof = ResidencyProof.objects.get()
        assert (proof.author, "justificatif" in proof.seen) == (cast.aubin.administrator.email, True)
        assert not ResidencyLetter.objects.filter(closed_at__isnull=True).exists()
    assert "vu : justificatif de domicile" in administrator.get(path).content.decode()
    assert "Vérifié au guichet" in resident.get(PAGE).content.decode()


def test_a_level_is_taken_back_with_a_reason_that_its_holder_reads(
    cast: Cast, administrator: Client, resident: Client, inside: Inside
) -> None:
    path = page_of(cast.aubin.resident)
    administrator.post(path + "niveau/", {"proof": "on"})
    assert administrator.post(path + "niveau/retirer/", {"why": " "}).status_code == 422
    with inside():
        assert level_of(cast.aubin.resident) is Level.N2
    administrator.post(path + "niveau/retirer/", {"why": "Déménagement"})
    assert "Déménagement" in resident.get(PAGE).content.decode()
    with inside():
        assert level_of(cast.aubin.resident) is Level.N1
        assert Entry.objects.get(verb="accounts.level_withdrawn").detail == {"reason": "Déménagement"}


def test_a_level_ends_with_its_years_and_with_a_block(cast: Cast, administrator: Client, inside: Inside) -> None:
    administrator.post(page_of(cast.aubin.resident) + "niveau/", {"proof": "on"})
    with inside():
        user = User.objects.get(pk=cast.aubin.resident.id)
        user.is_active = False
        assert user.level is Level.N0
        ResidencyProof.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert level_of(cast.aubin.resident) is Level.N1


def test_who_verified_is_no_longer_named_once_they_leave(cast: Cast, inside: Inside) -> None:
    with inside():
        editor = User.objects.get(pk=cast.aubin.editor.id)
        common = {"user_id": cast.aubin.resident.id, "expires_at": timezone.now() + timedelta(days=1)}
        ResidencyProof.objects.create(level=2, method="counter", author=editor.email, **common)
        ResidencyLetter.objects.create(printed_by=editor.email, posted_by=editor.email, **common)
        delete_account(editor)
        assert "editor@" not in f"{ResidencyProof.objects.values().get()}{ResidencyLetter.objects.values().get()}"
        delete_account(User.objects.get(pk=cast.aubin.resident.id))
        assert not ResidencyProof.objects.exists()
        assert not ResidencyLetter.objects.exists()


def test_the_list_costs_the_same_for_one_letter_and_for_ten(
    administrator: Client, asked: None, inside: Inside, statements: Statements
) -> None:
    one = statements(administrator, OFFICE)
    with inside():
        for number in range(9):
            user = User.objects.create_person(f"p{number}@exemple.fr")
            expiry = timezone.now() + timedelta(days=1)
            ResidencyLetter.objects.create(user=user, name="N", address="A", expires_at=expiry)
    assert statements(administrator, OFFICE) == one
