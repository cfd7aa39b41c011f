"""Each provider is spoken to as its documentation says, and its answers mean the same things to us."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from core.delivery.sms.brevo import Brevo
from core.delivery.sms.ovh import Ovh
from core.delivery.sms.provider import Answer, Message, Outcome, Provider
from core.delivery.sms.tests.services import SILENT, Services, serving

MESSAGE = Message("+33612345678", "Crue : montez à l'étage.", "0123456789abcdef0123", 90)


@pytest.fixture
def services() -> Iterator[Services]:
    with serving() as found:
        yield found


def ovh(services: Services, **other: str) -> Ovh:
    keys = {
        "application_key": "the-application",
        "application_secret": "the-secret",
        "consumer_key": "the-consumer",
        "service": "sms-ab12345-1",
        "sender": "Beffroi",
    }
    return Ovh(**{**keys, **other}, endpoint=services.ovh_endpoint)


def brevo(services: Services, api_key: str = "the-key") -> Brevo:
    return Brevo(api_key, "Beffroi", "https://beffroi.test/sms/brevo/secret/", services.brevo_endpoint)


def sent(provider: Provider, message: Message = MESSAGE) -> Answer:
    pool = urllib3.PoolManager()
    try:
        return provider.send(pool, message)
    finally:
        pool.clear()


def test_ovhcloud_takes_a_signed_job(services: Services) -> None:
    answer = sent(ovh(services))
    assert (answer.outcome, answer.provider, answer.provider_id) == (Outcome.ACCEPTED, "ovh", "26929926")
    (job,) = services.ovh.taken
    assert (job["message"], job["receivers"], job["sender"]) == (MESSAGE.text, [MESSAGE.number], "Beffroi")
    assert (job["noStopClause"], job["tag"], job["validityPeriod"]) == (True, MESSAGE.reference, 90)
    assert (job["coding"], job["charset"], job["priority"]) == ("7bit", "UTF-8", "high")


def test_a_text_outside_gsm_7_is_said_to_be(services: Services) -> None:
    wide = Message(MESSAGE.number, "Forêt fermée", MESSAGE.reference, 90)
    sent(ovh(services), wide)
    sent(brevo(services), wide)
    assert services.ovh.taken[0]["coding"] == "8bit"
    assert services.brevo.taken[0]["unicodeEnabled"] is True


@pytest.mark.parametrize("ahead", [-86_400, 86_400])
def test_a_clock_that_is_wrong_here_does_not_silence_alerts(services: Services, ahead: int) -> None:
    services.ahead = ahead
    assert sent(ovh(services)).outcome is Outcome.ACCEPTED


def test_a_clock_that_jumps_afterwards_is_seen_and_asked_again(services: Services) -> None:
    provider = ovh(services)
    assert sent(provider).outcome is Outcome.ACCEPTED
    services.ahead = 7_200
    assert sent(provider).outcome is Outcome.ACCEPTED
    assert len(services.ovh.taken) == 2


def test_brevo_takes_a_message_with_its_key_and_where_to_tell_the_rest(services: Services) -> None:
    answer = sent(brevo(services))
    assert (answer.outcome, answer.provider, answer.provider_id) == (Outcome.ACCEPTED, "brevo", "1511882900176221")
    (sms,) = services.brevo.taken
    assert (sms["recipient"], sms["content"], sms["type"]) == ("33612345678", MESSAGE.text, "transactional")
    assert (sms["tag"], sms["unicodeEnabled"]) == (MESSAGE.reference, False)
    assert sms["webUrl"] == "https://beffroi.test/sms/brevo/secret/"


def test_a_number_that_nobody_can_write_to_is_a_failure_for_good(services: Services) -> None:
    services.ovh.refuses.add("+33612345678")
    services.brevo.refuses.add("33612345678")
    assert {sent(each(services)).outcome for each in (ovh, brevo)} == {Outcome.PERMANENT}


@pytest.mark.parametrize("wrong", ["application_key", "application_secret", "service"])
def test_ovhclouds_refusal_of_our_keys_is_a_technical_failure(services: Services, wrong: str) -> None:
    assert sent(ovh(services, **{wrong: "wrong"})).outcome is Outcome.TECHNICAL
    assert not services.ovh.taken


def test_brevos_refusal_of_our_key_is_a_technical_failure(services: Services) -> None:
    answer = sent(brevo(services, "wrong"))
    assert answer.outcome is Outcome.TECHNICAL
    assert "Key not found" in answer.told


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "after"),
    [
        (429, {"Retry-After": "7"}, Outcome.TEMPORARY, 7),
        (429, {"x-sib-ratelimit-reset": "12"}, Outcome.TEMPORARY, 12),
        (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, Outcome.TEMPORARY, 0),
        (429, {"Retry-After": "9" * 40}, Outcome.TEMPORARY, 3600),
        (503, {}, Outcome.TEMPORARY, 0),
        (500, {}, Outcome.UNKNOWN, 0),
        (504, {}, Outcome.UNKNOWN, 0),
        (402, {}, Outcome.TECHNICAL, 0),
        (400, {}, Outcome.TECHNICAL, 0),
        (302, {"Location": "http://169.254.169.254/"}, Outcome.TECHNICAL, 0),
        (200, {}, Outcome.UNKNOWN, 0),
    ],
)
def test_what_a_status_means(
    services: Services, status: int, headers: dict[str, str], outcome: Outcome, after: int
) -> None:
    for provider, service in ((ovh(services), services.ovh), (brevo(services), services.brevo)):
        service.script.append((status, headers, {"message": "no"}))
        answer = sent(provider)
        assert (answer.outcome, answer.after, answer.provider_id) == (outcome, after, "")


@pytest.mark.parametrize("said", ["a page", ["a list"], None, {"ids": "x"}, {"ids": []}, {"messageId": 0}])
def test_an_answer_that_says_nothing_leaves_a_doubt(services: Services, said: Any) -> None:
    for provider, service in ((ovh(services), services.ovh), (brevo(services), services.brevo)):
        service.script.append((200, {}, said))
        assert sent(provider).outcome is Outcome.UNKNOWN


def test_who_hangs_up_after_having_read_leaves_a_doubt(services: Services) -> None:
    services.ovh.script, services.brevo.script = [SILENT], [SILENT]
    assert {sent(each(services)).outcome for each in (ovh, brevo)} == {Outcome.UNKNOWN}


def test_a_provider_that_cannot_be_reached_took_nothing() -> None:
    with serving() as gone:
        pass
    assert {sent(each(gone)).outcome for each in (ovh, brevo)} == {Outcome.TEMPORARY}


def test_keys_are_in_no_answer_that_is_kept(services: Services) -> None:
    services.brevo.script.append((500, {}, {"message": "x" * 5_000}))
    told = sent(brevo(services)).told
    assert len(told) < 300
    assert "the-key" not in json.dumps(told)
