"""The mairie writes down a number for somebody who asked it on paper, and takes it out as soon as they want."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from core.accounts.actions import grant_role
from core.accounts.models import User
from core.audit.models import Entry
from core.catalogue import Role
from core.delivery.models import OutgoingSms, SmsConsent
from core.delivery.sms.counter import enter_number, welcome
from core.delivery.sms.credit import balance, spend
from core.delivery.sms.segments import economical, segments
from core.delivery.sms.tests.conftest import BOUGHT
from tests.cast import Cast

PAGE, REMOVE = "/mairie/avertissements/numeros/", "/mairie/avertissements/numeros/retirer/"
TYPED, NUMBER = "06 39 98 00 41", "+262639980041"
GIVEN = {"number": TYPED, "paper": "classeur 2026, feuille 12", "signed": "on"}
Of = Callable[..., Client]


@pytest.fixture(autouse=True)
def _fresh(in_aubin: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def author(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.administrator.id)


def test_only_the_counter_may_see_and_write_numbers(cast: Cast, client_of: Of) -> None:
    for who in (cast.aubin.resident, cast.aubin.editor):
        assert client_of(who).get(PAGE).status_code == 403
        assert client_of(who).post(PAGE, GIVEN).status_code == 403
        assert client_of(who).post(REMOVE, {"number": TYPED}).status_code == 403
    assert not SmsConsent.objects.exists()
    grant_role(User.objects.get(pk=cast.aubin.editor.id), Role.AGENT, author=author(cast))
    assert client_of(cast.aubin.editor).get(PAGE).status_code == 200


def test_a_number_is_written_down_told_and_paid(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    assert browser.post(PAGE, GIVEN).status_code == 302
    asked = SmsConsent.objects.live().get()
    assert (asked.number, asked.user, asked.author) == (NUMBER, None, cast.aubin.administrator.email)
    assert asked.paper == "classeur 2026, feuille 12"
    told = OutgoingSms.objects.get(recipient=NUMBER)
    assert "demandé au guichet" in told.text
    assert "/avertissements/telephone/" in told.text
    assert balance() == BOUGHT - told.segments
    assert "06\u00a039\u00a098\u00a000\u00a041" in browser.get(PAGE).content.decode()
    entry = Entry.objects.get(verb="delivery.sms_entered")
    assert NUMBER not in f"{entry.target} {entry.detail}"


def test_a_number_that_asked_already_is_told_nothing_more(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    browser.post(PAGE, GIVEN)
    assert "déjà inscrit" in browser.post(PAGE, {**GIVEN, "paper": "feuille 13"}, follow=True).content.decode()
    assert SmsConsent.objects.get().paper == "classeur 2026, feuille 12"
    assert OutgoingSms.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"number": "01 99 00 12 34"}, "pas celui d’un mobile"),
        ({"paper": " "}, "où retrouver la feuille"),
        ({"paper": "x" * 61}, "60 signes"),
        ({"signed": ""}, "Sans feuille signée"),
    ],
)
def test_what_lacks_is_said_at_the_field(given: dict[str, str], sentence: str, cast: Cast, client_of: Of) -> None:
    answer = client_of(cast.aubin.administrator).post(PAGE, {**GIVEN, **given})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SmsConsent.objects.exists()


def test_nobody_is_written_down_who_cannot_be_told(cast: Cast, client_of: Of) -> None:
    spend(segments=BOUGHT, note="alertes", author=None)
    answer = client_of(cast.aubin.administrator).post(PAGE, GIVEN)
    assert answer.status_code == 422
    assert "Il reste 0 SMS" in answer.content.decode()
    assert not SmsConsent.objects.exists()


def test_a_number_is_taken_out_and_what_waits_for_it_does_not_leave(cast: Cast, client_of: Of) -> None:
    enter_number(number=NUMBER, topics=["alerts"], paper="feuille 1", author=author(cast))
    browser = client_of(cast.aubin.administrator)
    assert browser.post(REMOVE, {"number": TYPED}).status_code == 302
    ended = SmsConsent.objects.get()
    assert ended.withdrawn_by == cast.aubin.administrator.email
    assert balance() == BOUGHT
    assert browser.post(REMOVE, {"number": TYPED}).status_code == 302
    assert Entry.objects.filter(verb="delivery.sms_removed").count() == 1
    assert browser.post(REMOVE, {"number": "bonjour"}).status_code == 422


def test_the_first_sms_says_stop_where_an_answer_can_be_heard(settings: Any) -> None:
    assert "STOP" not in welcome()
    settings.SMS_SENDER = "38000"
    assert "STOP" in welcome()
    assert segments(economical(welcome())).count <= 2
