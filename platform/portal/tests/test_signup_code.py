"""The code that proves an address."""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.signup import codes
from portal.tests.journey import EMAIL, Journey, mails_to, text
from tenants.models import Signup, Space
from tenants.sites import sites
from tests.cast import Cast

On = Callable[[str], Client]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def journey(cast: Cast, client_on: On) -> Journey:
    return Journey(client_on(cast.portal_host), cast.calme_insee)


def resend(journey: Journey) -> Any:
    return journey.client.post("/ouvrir/code/", {"renvoyer": "1"})


def is_open(journey: Journey) -> bool:
    return Space.objects.filter(commune_id=journey.insee).exists()


def test_a_wrong_code_opens_nothing_and_is_counted(journey: Journey) -> None:
    journey.until_code()
    response = journey.type(journey.wrong_code())
    assert response.status_code == 422
    assert "Ce code n’est pas le bon" in text(response)
    assert Signup.objects.get().code_attempts == 1
    assert not is_open(journey)


def test_after_five_tries_even_the_right_code_is_worth_nothing(journey: Journey) -> None:
    journey.until_code()
    for _ in range(codes.TRIES):
        response = journey.type(journey.wrong_code())
    assert "Trop d’essais" in text(response)
    assert "Trop d’essais" in text(journey.type(journey.code()))
    assert not is_open(journey)


def test_a_new_code_gives_new_tries(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.until_code()
        for _ in range(codes.TRIES):
            journey.type(journey.wrong_code())
        now.shift(timedelta(minutes=1))
        assert resend(journey).headers["Location"] == "/ouvrir/code/?envoye=1"
        assert journey.type(journey.code()).status_code == 302
    assert is_open(journey)


def test_a_code_lives_fifteen_minutes(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.until_code()
        now.shift(timedelta(minutes=15))
        response = journey.type(journey.code())
        assert "Ce code n’est plus valable" in text(response)
        assert not is_open(journey)


def test_only_the_last_code_is_good(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.until_code()
        first = journey.code()
        now.shift(timedelta(minutes=1))
        while True:  # the two are the same once in a million
            resend(journey)
            if journey.code() != first:
                break
        assert journey.type(first).status_code == 422


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\0", "٣" * 5])
def test_what_is_not_six_digits_costs_no_try(journey: Journey, typed: str) -> None:
    journey.until_code()
    assert journey.type(typed).status_code == 422
    assert Signup.objects.get().code_attempts == 0


def test_a_code_may_be_typed_with_spaces(journey: Journey) -> None:
    journey.until_code()
    code = journey.code()
    assert journey.type(f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_second_click_within_seconds_sends_nothing_and_keeps_the_first_code(journey: Journey) -> None:
    journey.until_code()
    journey.accept()
    resend(journey)
    assert len(mails_to(EMAIL)) == 1
    assert journey.type(journey.code()).status_code == 302


def test_five_codes_an_hour_and_no_more(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.until_code()
        for _ in range(codes.SENDS + 2):
            now.shift(timedelta(minutes=1))
            resend(journey)
        assert len(mails_to(EMAIL)) == codes.SENDS
        assert "attendez une heure" in text(journey.client.get("/ouvrir/code/"))
        assert journey.client.get("/ouvrir/code/").status_code == 200
        now.shift(timedelta(hours=1))
        resend(journey)
        assert len(mails_to(EMAIL)) == codes.SENDS + 1


def test_changing_the_address_gives_no_more_codes(journey: Journey) -> None:
    for number in range(codes.SENDS + 2):
        journey.email = f"claire{number}@exemple.fr"
        journey.until_code() if number == 0 else (journey.introduce(), journey.accept())
    assert sum(len(mails_to(f"claire{number}@exemple.fr")) for number in range(codes.SENDS + 2)) == codes.SENDS


def test_a_code_proves_the_address_it_was_sent_to_and_no_other(journey: Journey) -> None:
    journey.until_code()
    code = journey.code()
    journey.introduce(email="maire@exemple.fr")
    assert Signup.objects.get().code_hash == ""
    assert journey.type(code).headers["Location"] == "/ouvrir/contrat/"
    Signup.objects.update(codes_sent=codes.SENDS)
    journey.accept()
    assert journey.type(code).status_code == 422
    assert not is_open(journey)


def test_the_code_is_neither_kept_in_clear_nor_logged(journey: Journey, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        journey.until_code()
        code = journey.code()
        journey.type(code)
    kept = Signup.objects.get().code_hash
    assert kept not in {code, *(hashlib.new(name, code.encode()).hexdigest() for name in ("md5", "sha1", "sha256"))}
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in logged if re.search(rf"\b{code}\b", line)]


def test_what_is_kept_of_a_code_is_worth_nothing_for_another_opening_or_address(journey: Journey) -> None:
    journey.until_code()
    mine = Signup.objects.get()
    kept = {name: getattr(mine, name) for name in ("commune", "email", "code_hash", "code_expires_at")}
    for other in (Signup.objects.create(**kept), Signup.objects.create(**{**kept, "email": "paul@exemple.fr"})):
        assert codes.check(other, journey.code()) is codes.Verdict.WRONG
    mine.email = "paul@exemple.fr"
    assert codes.check(mine, journey.code()) is codes.Verdict.WRONG
    mine.email = EMAIL
    assert codes.check(mine, journey.code()) is codes.Verdict.RIGHT


def test_the_mail_with_the_code_expires_with_it(journey: Journey) -> None:
    journey.until_code()
    (mail,) = mails_to(EMAIL)
    assert mail.expires_at - mail.not_before == codes.life()


def test_the_demo_leads_to_the_simulated_mailbox(journey: Journey, settings: Any) -> None:
    journey.until_code()
    assert "simulée" not in text(journey.client.get("/ouvrir/code/"))
    settings.DEMO, settings.DEMO_MAILBOX_URL = True, "http://localhost:8026/"
    sites.clear()
    page = text(journey.client.get("/ouvrir/code/"))
    assert 'href="http://localhost:8026/?to=claire%40exemple.fr"' in page
    assert "Démonstration" in page
    assert "mairie@calme.example" in text(journey.client.get("/ouvrir/vous/"))
