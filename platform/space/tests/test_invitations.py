"""A role is promised by mail, given to whoever proves the address in time, and to nobody else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.actions import add_person, block
from core.accounts.invitations import FORGOTTEN, KEPT, forget_invitations
from core.accounts.models import Invitation, RoleGrant, User
from core.audit.models import Entry
from core.delivery.actions import hold_back, plain
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.registry import Sender
from space.tests.conftest import Inside, Statements
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
LIST = "/mairie/habitants/"
NINA = "nina@exemple.fr"
SENT = {"email": " Nina@Exemple.FR ", "name": "Nina", "role": "editor"}


def sign_in(browser: Client, email: str, cast: Cast) -> None:
    browser.post("/connexion/", {"email": email})
    with enter(cast.aubin.schema_name):
        mail = OutgoingEmail.objects.filter(recipient=email, subject__contains="code").latest("created_at")
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found
    assert browser.post("/connexion/code/", {"code": found[0]}).status_code == 302


@pytest.fixture
def invited(administrator: Client, inside: Inside) -> str:
    """The address of the link in the mail."""
    assert administrator.post(LIST + "inviter/", SENT)["Location"] == LIST
    with inside():
        return f"/invitation/{Invitation.objects.get().pk}/"


def test_an_invitation_gives_nothing_before_the_address_is_proved(
    invited: str, anyone: Client, resident: Client, inside: Inside
) -> None:
    page = anyone.get(invited).content.decode()
    assert "vous invite" in page
    assert NINA not in page
    assert "qui n’est pas celle de l’invitation" in resident.get(invited).content.decode()
    resident.post(invited + "accepter/")
    assert anyone.post(invited + "accepter/").status_code == 302
    assert resident.get("/mairie/").status_code == 403
    with inside():
        assert not User.objects.filter(email=NINA).exists()
        assert Invitation.objects.get().stands


@pytest.mark.parametrize("how", ["expired", "cancelled"])
def test_an_invitation_that_is_over_gives_nothing(
    how: str, invited: str, administrator: Client, anyone: Client, cast: Cast, inside: Inside
) -> None:
    if how == "expired":
        with inside():
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert "Invitation périmée" in administrator.get(LIST).content.decode()
    else:
        path = invited.replace("/invitation/", f"{LIST}invitations/") + "annuler/"
        assert "son lien ne vaut plus" in administrator.post(path, follow=True).content.decode()
    answer = anyone.get(invited)
    assert answer.status_code == 410
    assert "Cette invitation ne vaut plus" in answer.content.decode()
    sign_in(anyone, NINA, cast)
    anyone.post(invited + "accepter/")
    assert anyone.get("/mairie/").status_code == 403
    with inside():
        assert not RoleGrant.objects.filter(user__email=NINA).exists()


def test_signing_in_with_the_invited_address_accepts(
    invited: str, administrator: Client, anyone: Client, cast: Cast, inside: Inside
) -> None:
    page = administrator.get(LIST).content.decode()
    assert "Personne invitée, pas encore venue" in page
    with inside():
        mail = OutgoingEmail.objects.get()
        assert (mail.recipient, mail.state) == (NINA, "created")
        assert f"https://aubin.beffroi.test{invited}" in mail.text
        assert f"https://aubin.beffroi.test{invited}" in mail.html
    sign_in(anyone, NINA, cast)
    assert anyone.get("/mairie/").status_code == 200
    assert anyone.get(invited)["Location"] == "/mairie/"
    with inside():
        person = User.objects.get(email=NINA)
        assert (person.name, person.roles) == ("Nina", {"editor"})
        assert RoleGrant.objects.get(user=person).author == "administrator@aubin.example"
    assert "pas encore venue" not in administrator.get(LIST).content.decode()
    assert "Cette invitation a servi" in client_text(administrator, invited)


def client_text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_a_resident_who_is_invited_keeps_their_account_and_accepts_with_a_button(
    cast: Cast, administrator: Client, resident: Client, inside: Inside
) -> None:
    administrator.post(LIST + "inviter/", {"email": cast.aubin.resident.email, "name": "Autre", "role": "observer"})
    with inside():
        path = f"/invitation/{Invitation.objects.get().pk}/"
    assert resident.get("/mairie/").status_code == 403
    assert "Accepter" in client_text(resident, path)
    assert resident.post(path + "accepter/")["Location"] == "/mairie/"
    assert resident.get("/mairie/journal/").status_code == 200
    with inside():
        assert User.objects.get(email=cast.aubin.resident.email).name == "Resident"


def test_who_is_in_the_team_or_kept_out_is_not_invited(cast: Cast, administrator: Client, inside: Inside) -> None:
    answer = administrator.post(LIST + "inviter/", {"email": cast.aubin.editor.email, "role": "observer"})
    assert answer.status_code == 422
    assert "déjà dans l’équipe" in answer.content.decode()
    with inside():
        author = User.objects.get(pk=cast.aubin.administrator.id)
        block(User.objects.get(pk=cast.aubin.resident.id), reason="x", author=author)
    answer = administrator.post(LIST + "inviter/", {"email": cast.aubin.resident.email, "role": "observer"})
    assert "L’accès de cette personne est fermé" in answer.content.decode()
    with inside():
        assert not Invitation.objects.exists()
        assert not OutgoingEmail.objects.exists()


def test_inviting_twice_is_one_invitation_and_sending_again_starts_its_time_anew(
    invited: str, administrator: Client, inside: Inside
) -> None:
    administrator.post(LIST + "inviter/", {**SENT, "role": "agent"})
    with inside():
        assert Invitation.objects.get().role == "agent"
        past = timezone.now() - timedelta(days=1)
        Invitation.objects.update(expires_at=past, sent_at=past - timedelta(days=14))
    path = invited.replace("/invitation/", f"{LIST}invitations/") + "renvoyer/"
    assert administrator.get(path)["Location"] == LIST
    administrator.post(path)
    administrator.post(path)  # a double click
    with inside():
        assert Invitation.objects.get().stands
        assert OutgoingEmail.objects.filter(recipient=NINA).count() == 3


def test_a_space_that_waits_writes_to_who_is_invited_in_it(cast: Cast, client_of: Of) -> None:
    client_of(cast.doux.administrator).post(LIST + "inviter/", SENT)
    with enter(cast.doux.schema_name):
        assert hold_back() == 0
        assert OutgoingEmail.objects.get().state == "created"


def test_an_old_invitation_is_forgotten_with_the_address_in_the_journal(invited: str, inside: Inside) -> None:
    with inside():
        assert forget_invitations() is not None
        assert Invitation.objects.exists()
        Invitation.objects.update(expires_at=timezone.now() - KEPT - timedelta(days=1))
        assert forget_invitations() is None
        assert not Invitation.objects.exists()
        assert [entry.target for entry in Entry.objects.filter(verb="accounts.invited")] == [FORGOTTEN]


def test_an_address_nobody_proved_makes_no_colleague(invited: str, inside: Inside) -> None:
    with inside():
        stranger = add_person(email=NINA)
        assert not stranger.roles


def test_the_list_costs_the_same_for_one_invitation_and_for_ten(
    invited: str, administrator: Client, inside: Inside, statements: Statements
) -> None:
    one = statements(administrator, LIST)
    for number in range(9):
        administrator.post(LIST + "inviter/", {"email": f"n{number}@exemple.fr", "role": "agent"})
    assert statements(administrator, LIST) == one


def test_an_invitation_names_the_first_of_a_month_as_people_say_it() -> None:
    sender = Sender("Saint-Aubin", "https://saint-aubin.test/", "#1b3a52")
    until = datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert "jusqu’au 1er décembre 2026" in plain("emails/invitation.txt", {"sender": sender, "until": until})
