"""Residents and colleagues: found, given a role, kept out, invited."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.models import Block, RoleGrant, User
from core.audit.models import Entry
from space.tests.conftest import Inside, Statements
from tests.cast import Cast, Person

Of = Callable[..., Client]
LIST = "/mairie/habitants/"


def page_of(person: Person) -> str:
    return f"{LIST}{person.id}/"


def test_people_are_found_by_a_part_of_their_name_or_address(administrator: Client) -> None:
    for words in ("EDIT", "editor@", "  editor "):
        page = administrator.get(LIST, {"q": words}).content.decode()
        assert "editor@aubin.example" in page
        assert "resident@aubin.example" not in page
    assert "Personne ne répond à cette recherche." in administrator.get(LIST, {"q": "<b>%_\0"}).content.decode()


def test_the_team_is_shown_alone_when_asked(administrator: Client) -> None:
    page = administrator.get(LIST, {"equipe": "1"}).content.decode()
    assert "editor@aubin.example" in page
    assert "resident@aubin.example" not in page


def test_who_never_typed_a_code_is_not_listed(administrator: Client, inside: Inside) -> None:
    with inside():
        User.objects.create_person("stranger@exemple.fr")
    assert "stranger@exemple.fr" not in administrator.get(LIST).content.decode()


def test_pages_of_people_keep_what_was_searched_and_cost_the_same(
    administrator: Client, inside: Inside, statements: Statements
) -> None:
    few = statements(administrator, LIST + "?q=example")
    with inside():
        for number in range(60):
            person = User.objects.create_person(f"person{number}@aubin.example", name=f"Personne {number}")
            RoleGrant.objects.create(user=person, role="editor", author="test")
    assert statements(administrator, LIST + "?q=example") == few
    page = administrator.get(LIST, {"q": "example", "equipe": "1"}).content.decode()
    assert 'href="?q=example&amp;equipe=1&amp;page=2"' in page
    assert "Page 2 sur 3" in administrator.get(LIST, {"q": "example", "page": "2"}).content.decode()
    assert administrator.get(LIST, {"page": "deux"}).status_code == 200


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_role_is_given_and_taken_back(
    role: str, cast: Cast, administrator: Client, client_of: Of, inside: Inside
) -> None:
    path = page_of(cast.aubin.resident)
    assert administrator.post(path + "role/", {"role": role})["Location"] == path
    assert client_of(cast.aubin.resident).get("/mairie/").status_code == 200
    administrator.post(path + "role/", {"role": ""})
    assert client_of(cast.aubin.resident).get("/mairie/").status_code == 403
    with inside():
        grant = RoleGrant.objects.get(user=cast.aubin.resident.id)
        assert (grant.author, grant.ended_by) == ("administrator@aubin.example",) * 2
        assert grant.ended_at


def test_a_role_that_does_not_exist_is_refused(cast: Cast, administrator: Client, inside: Inside) -> None:
    for role in ("operator", "mayor"):
        answer = administrator.post(page_of(cast.aubin.resident) + "role/", {"role": role})
        assert answer.status_code == 422
        assert "À corriger avant de continuer" in answer.content.decode()
    with inside():
        assert not RoleGrant.objects.filter(user=cast.aubin.resident.id).exists()


@pytest.mark.parametrize(
    ("act", "sent"), [("role/", {"role": "editor"}), ("role/", {"role": ""}), ("fermer/", {"reason": "x"})]
)
def test_the_last_administrator_stays(act: str, sent: dict[str, str], cast: Cast, administrator: Client) -> None:
    path = page_of(cast.aubin.administrator)
    answer = administrator.post(path + act, sent, follow=True)
    assert "C’est la seule personne qui administre l’espace" in answer.content.decode()
    assert administrator.get(LIST).status_code == 200


def test_a_block_needs_a_reason_ends_the_session_and_is_lifted(
    cast: Cast, administrator: Client, client_of: Of, inside: Inside
) -> None:
    path, resident = page_of(cast.aubin.resident), client_of(cast.aubin.resident)
    refused = administrator.post(path + "fermer/", {"reason": "  "})
    assert refused.status_code == 422
    assert "Écrivez la raison" in refused.content.decode()
    assert resident.get("/compte/").status_code == 200
    administrator.post(path + "fermer/", {"reason": "Propos insultants"})
    assert resident.get("/compte/").status_code == 302
    page = administrator.get(path).content.decode()
    assert "Accès fermé" in page
    assert "Propos insultants" in page
    administrator.post(path + "rouvrir/")
    assert "Accès fermé" not in administrator.get(path).content.decode()
    with inside():
        block = Block.objects.get()
        assert (block.author, block.lifted_by) == ("administrator@aubin.example",) * 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "", "role": "editor"}, "Écrivez une adresse e-mail."),
        ({"email": "pas une adresse", "role": "editor"}, "Écrivez une adresse complète, comme prenom@exemple.fr."),
        ({"email": "a@exemple.fr", "role": "operator"}, "À corriger avant de continuer"),
        ({"email": "a@exemple.fr", "role": "editor", "name": "n" * 121}, "À corriger avant de continuer"),
    ],
)
def test_a_wrong_invitation_says_why_and_keeps_what_was_typed(
    sent: dict[str, str], said: str, administrator: Client, inside: Inside
) -> None:
    answer = administrator.post(LIST + "inviter/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{sent["email"]}"' in page or not sent["email"]
    assert 'aria-invalid="true"' in page
    with inside():
        assert not Entry.objects.exists()


def test_what_an_administrator_reads_of_a_neighbour_is_nothing(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.belleville.administrator)
    assert browser.get(page_of(cast.aubin.resident)).status_code == 404
    assert "aubin" not in browser.get(LIST).content.decode()
