"""An address where nobody is, or that wants nothing, is left alone until its owner says otherwise."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.audit.models import Entry
from core.delivery.actions import send_email
from core.delivery.audience import people
from core.delivery.letters import last_hour, write_letter
from core.delivery.mail.suppressing import restore, suppress, suppression_of
from core.delivery.models import Channel, Consent, DeliveryState, OutgoingEmail, SuppressedAddress
from core.delivery.models.email import Kind
from core.delivery.outbox import empty_outbox
from core.delivery.tests.conftest import Server
from core.delivery.tests.test_announcing import ask, here, resident, tell
from tests.cast import Cast

__all__ = ["here"]


def test_an_address_refused_by_the_server_is_told_nothing_more(here: Cast, smtp: Server) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    smtp.answers[person.email] = "550 5.1.1 No such user"
    tell(here)
    empty_outbox()
    found = suppression_of(person.email.upper())
    assert found
    assert (found.kind, found.reason) == (Kind.REFUSED, "550 5.1.1 No such user")
    assert tell(here).email == 0
    assert not people("news", Channel.EMAIL).exists()


@pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "550 5.7.1 Relaying denied", "552 5.2.2 Mailbox full"])
def test_a_refusal_that_says_nothing_of_the_person_changes_nothing(answer: str, here: Cast, smtp: Server) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    smtp.answers[person.email] = answer
    tell(here)
    empty_outbox()
    assert not SuppressedAddress.objects.exists()
    assert tell(here).email == 1


def test_what_was_asked_for_and_still_waits_does_not_leave_and_a_code_does(here: Cast, smtp: Server) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    told = tell(here)
    send_email("login_code", to=person.email, context={"code": "123456", "minutes": 15})
    suppress(person.email.upper(), Kind.REFUSED, "550 No such user")
    empty_outbox()
    assert [mail["Subject"] for mail in smtp.taken] == ["123456 est votre code"]
    assert OutgoingEmail.objects.get(announcement=told).state == DeliveryState.PERMANENT


def test_letters_leave_it_alone_too(here: Cast) -> None:
    person = resident(here)
    ask(person, Channel.DAILY)
    Consent.objects.update(given_at=timezone.now() - timedelta(days=3))
    suppress(person.email, Kind.COMPLAINT, "")
    assert write_letter(Channel.DAILY, last_hour(Channel.DAILY, timezone.now())) == 0


def test_its_owner_may_say_that_it_works_again(here: Cast) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    suppress(person.email, Kind.REFUSED, "550 No such user")
    assert restore(person.email, author=person)
    assert not restore(person.email, author=person)
    assert Entry.objects.filter(verb="delivery.address_restored").count() == 1
    assert tell(here).email == 1


def test_a_complaint_is_more_than_a_refusal_and_a_refusal_no_more_than_a_complaint(here: Cast) -> None:
    for kind, kept in ((Kind.REFUSED, Kind.REFUSED), (Kind.COMPLAINT, Kind.COMPLAINT), (Kind.REFUSED, Kind.COMPLAINT)):
        suppress("camille@exemple.fr", kind, "")
        assert SuppressedAddress.objects.get().kind == kept


PREFERENCES, RESTORE = "/compte/avertissements/", "/compte/avertissements/adresse/"


@pytest.mark.parametrize(
    ("kind", "words"), [(Kind.REFUSED, "personne n’y reçoit"), (Kind.COMPLAINT, "signalé comme indésirable")]
)
def test_a_person_reads_it_in_their_account_and_has_it_mended_twice(
    kind: Kind, words: str, here: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(here.aubin.resident)
    suppress(here.aubin.resident.email, kind, "550 No such user")
    assert "Nous n’écrivons plus à cette adresse" in browser.get("/compte/").content.decode()
    assert words in browser.get(PREFERENCES).content.decode()
    for _ in range(2):
        assert browser.get(RESTORE).status_code == 302
        assert browser.post(RESTORE, follow=True).status_code == 200
    assert not SuppressedAddress.objects.exists()
    assert "Nous ne vous écrivons plus" not in browser.get(PREFERENCES).content.decode()


def test_the_mairie_reads_how_many_and_not_which(here: Cast, client_of: Callable[..., Client]) -> None:
    browser = client_of(here.aubin.administrator)
    assert "refusent nos e-mails" not in browser.get("/mairie/reglages/avertissements/").content.decode()
    for number in range(3):
        suppress(f"p{number}@exemple.fr", Kind.REFUSED if number else Kind.COMPLAINT, "")
    html = browser.get("/mairie/reglages/avertissements/").content.decode()
    assert "vers 3 adresses" in html
    assert "exemple.fr" not in html
