"""Staff leave and hand over; nobody leaves the commune without administrator."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.models import RoleGrant, User
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.organisation.actions import delegate
from core.organisation.models import Delegation, Department
from space.tests.conftest import Inside
from tests.cast import Cast, Person

Of = Callable[..., Client]


def page_of(person: Person) -> str:
    return f"/mairie/habitants/{person.id}/"


def test_the_last_administrator_does_not_leave_and_reads_whom_to_ask(
    cast: Cast, administrator: Client, inside: Inside
) -> None:
    path = page_of(cast.aubin.administrator)
    answer = administrator.post(path + "depart/", follow=True).content.decode()
    assert "C’est la seule personne qui administre l’espace" in answer
    assert "mailto:contact@" in answer
    assert "Finir ses rôles" not in answer
    assert administrator.get("/mairie/habitants/").status_code == 200
    with inside():
        assert not Entry.objects.exists()
        assert not OutgoingEmail.objects.exists()


def test_who_leaves_holds_nothing_and_stays_a_resident(
    cast: Cast, administrator: Client, editor: Client, client_of: Of, inside: Inside
) -> None:
    with inside():
        author, leaver = (User.objects.get(pk=each.id) for each in (cast.aubin.administrator, cast.aubin.editor))
        delegate(Department.objects.create(name="Culture"), leaver, title="Agente", author=author)
    path = page_of(cast.aubin.editor)
    assert "Quitte la mairie" in administrator.get(path).content.decode()
    assert administrator.get(path + "depart/")["Location"] == path
    assert editor.get("/mairie/").status_code == 200
    administrator.post(path + "depart/")
    assert editor.get("/compte/").status_code == 302
    back = client_of(cast.aubin.editor)
    assert back.get("/compte/").status_code == 200
    assert back.get("/mairie/").status_code == 403
    with inside():
        assert not Delegation.objects.filter(ended_at__isnull=True).exists()
        assert Delegation.objects.get().ended_by == cast.aubin.administrator.email
        assert RoleGrant.objects.get(user=leaver).ended_by == cast.aubin.administrator.email
        assert OutgoingEmail.objects.get().recipient == cast.aubin.editor.email
        assert Entry.objects.filter(verb="accounts.left", target=cast.aubin.editor.email).count() == 1


def test_somebody_who_is_kept_out_or_is_oneself_takes_nothing_over(
    cast: Cast, administrator: Client, inside: Inside
) -> None:
    administrator.post(page_of(cast.aubin.editor) + "fermer/", {"reason": "x"})
    for person in (cast.aubin.editor, cast.aubin.administrator):
        answer = administrator.post(page_of(person) + "transmettre/", {"then": "editor"}, follow=True)
        assert "ne peut pas reprendre l’administration" in answer.content.decode()
    assert administrator.get("/mairie/habitants/").status_code == 200


def test_a_role_that_is_not_offered_hands_nothing_over(cast: Cast, administrator: Client, inside: Inside) -> None:
    for then in ("administrator", "operator"):
        answer = administrator.post(page_of(cast.aubin.editor) + "transmettre/", {"then": then})
        assert answer.status_code == 422
    with inside():
        assert not User.objects.get(pk=cast.aubin.editor.id).is_administrator


def test_a_form_that_lost_its_field_hands_nothing_over(cast: Cast, administrator: Client, inside: Inside) -> None:
    answer = administrator.post(page_of(cast.aubin.editor) + "transmettre/")
    assert answer.status_code == 422
    assert "Choisissez une ligne" in answer.content.decode()
    with inside():
        assert User.objects.get(pk=cast.aubin.administrator.id).is_administrator


@pytest.mark.parametrize(("then", "office"), [("", 403), ("observer", 200)])
def test_administration_passes_in_one_step(
    then: str, office: int, cast: Cast, administrator: Client, editor: Client, client_of: Of, inside: Inside
) -> None:
    answer = administrator.post(page_of(cast.aubin.editor) + "transmettre/", {"then": then}, follow=True)
    assert answer.status_code == 200
    assert "administre maintenant l’espace" in answer.content.decode()
    assert editor.get("/mairie/habitants/").status_code == 200
    former = client_of(cast.aubin.administrator)
    assert former.get("/mairie/").status_code == office
    assert former.get("/mairie/habitants/").status_code == 403
    with inside():
        held = {grant.user.email: grant.role for grant in RoleGrant.objects.filter(ended_at__isnull=True)}
        assert held[cast.aubin.editor.email] == "administrator"
        assert held.get(cast.aubin.administrator.email, "") == then
        assert OutgoingEmail.objects.filter(recipient=cast.aubin.editor.email).count() == 1


def test_who_never_proved_their_address_is_given_no_role(administrator: Client, inside: Inside) -> None:
    with inside():
        stranger = User.objects.create_person("stranger@exemple.fr")
        RoleGrant.objects.create(user=stranger, role="agent", author="x", ended_at="2026-01-01T00:00:00Z")
    answer = administrator.post(f"/mairie/habitants/{stranger.pk}/role/", {"role": "editor"})
    assert answer.status_code == 422
    assert "n’a pas encore prouvé son adresse" in answer.content.decode()


def test_whoever_leaves_by_themselves_reads_that_it_is_done(cast: Cast, administrator: Client, inside: Inside) -> None:
    administrator.post(page_of(cast.aubin.editor) + "role/", {"role": "administrator"})
    answer = administrator.post(page_of(cast.aubin.administrator) + "depart/", follow=True)
    assert answer.status_code == 200
    assert "n’est plus dans l’équipe" in answer.content.decode()
    assert administrator.get("/compte/").status_code == 302
