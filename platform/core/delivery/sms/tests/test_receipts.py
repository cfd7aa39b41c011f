"""What providers tell afterwards is believed from them only, once."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.delivery.audience import numbers
from core.delivery.models import DeliveryState, OutgoingSms, SmsConsent, SmsTally
from core.delivery.sms.consenting import consent, forget
from core.delivery.sms.credit import balance
from core.delivery.sms.sending import empty_sms
from core.delivery.sms.tests.conftest import BOUGHT, ONE, SECRET, TWO, promise
from core.delivery.sms.tests.services import Services
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast

Call = Callable[..., int]


def asked() -> dict[str, Any]:
    return dict(numbers("news").values_list("number", "user_id"))


@pytest.fixture
def ovh(cast: Cast, client_on: Callable[[str], Client]) -> Call:
    """OVHcloud tells of a message: id, ptt, description."""
    browser = client_on(cast.portal_host)

    def call(name: str, ptt: str, state: str = "", secret: str = SECRET) -> int:
        said = {"id": name, "ptt": ptt, "date": "2026-11-25 12:00:00", "description": state, "descriptionDlr": "x"}
        return browser.get(f"/sms/ovh/{secret}/", said).status_code

    return call


@pytest.fixture
def brevo(cast: Cast, client_on: Callable[[str], Client]) -> Call:
    browser = client_on(cast.portal_host)

    def call(said: Any, secret: str = SECRET) -> int:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return browser.post(f"/sms/brevo/{secret}/", body, content_type="application/json").status_code

    return call


@pytest.fixture
def sent(cast: Cast, in_aubin: None) -> Iterator[OutgoingSms]:
    (sms,) = promise(ONE)
    empty_sms()
    sms.refresh_from_db()
    assert sms.state == DeliveryState.ACCEPTED
    yield sms


def state(sms: OutgoingSms) -> str:
    return OutgoingSms.objects.get(pk=sms.pk).state


def tallies() -> dict[str, int]:
    with entered(OPERATOR):
        return dict(SmsTally.objects.values_list("kind", "count"))


def test_a_receipt_without_the_secret_is_told_that_nothing_is_here(sent: OutgoingSms, ovh: Call, brevo: Call) -> None:
    assert ovh(sent.provider_id, "4", secret="another") == 404
    assert brevo({"messageId": 1, "msg_status": "delivered"}, secret="é") == 404
    assert state(sent) == DeliveryState.ACCEPTED
    assert tallies() == {}


def test_without_a_secret_of_ours_no_address_is_right(sent: OutgoingSms, ovh: Call, settings: Any) -> None:
    settings.SMS_WEBHOOK_SECRET = ""
    assert ovh(sent.provider_id, "4", secret="%20") == 404


def test_a_provider_tells_as_much_as_it_needs_and_who_guesses_is_stopped(
    sent: OutgoingSms, brevo: Call, settings: Any
) -> None:
    settings.ANONYMOUS_WRITES = 2
    said = {"messageId": 7, "msg_status": "sent"}
    assert [brevo(said) for _ in range(5)] == [204] * 5
    assert [brevo(said, secret="guessed") for _ in range(4)] == [404, 404, 429, 429]


@pytest.mark.parametrize(
    ("ptt", "described", "wanted"),
    [
        ("4", "1", DeliveryState.DELIVERED),
        ("", "1", DeliveryState.DELIVERED),
        ("3", "0", DeliveryState.ACCEPTED),
        ("1", "8", DeliveryState.ACCEPTED),
        ("23", "2", DeliveryState.PERMANENT),
        ("24", "2", DeliveryState.TEMPORARY),
        ("20", "2", DeliveryState.TECHNICAL),
        ("5", "16", DeliveryState.TECHNICAL),
        ("", "2", DeliveryState.TECHNICAL),
    ],
)
def test_ovhclouds_receipts_are_read(
    sent: OutgoingSms, ovh: Call, ptt: str, described: str, wanted: DeliveryState
) -> None:
    assert ovh(sent.provider_id, ptt, described) == 204
    assert state(sent) == wanted


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("sent", DeliveryState.ACCEPTED),
        ("delivered", DeliveryState.DELIVERED),
        ("hard_bounce", DeliveryState.PERMANENT),
        ("soft_bounce", DeliveryState.TEMPORARY),
        ("rejected", DeliveryState.TECHNICAL),
    ],
)
def test_brevos_receipts_are_read(
    in_aubin: None, providers: Services, brevo: Call, settings: Any, status: str, wanted: DeliveryState
) -> None:
    settings.SMS_OVH_SERVICE = ""
    (sms,) = promise()
    empty_sms()
    assert providers.brevo.taken[0]["webUrl"] == f"https://beffroi.test/sms/brevo/{SECRET}/"
    said = {"id": 26570, "to": "33612345671", "messageId": 1511882900176221, "msg_status": status, "sms_count": 1}
    assert brevo([said]) == 204
    assert state(sms) == wanted


def test_a_doubled_receipt_changes_nothing_and_is_counted(sent: OutgoingSms, ovh: Call) -> None:
    for _ in range(3):
        assert ovh(sent.provider_id, "4") == 204
    assert tallies() == {"taken": 1, "doubled": 2}


def test_a_failure_told_after_the_delivery_is_not_believed(sent: OutgoingSms, ovh: Call) -> None:
    ovh(sent.provider_id, "4")
    ovh(sent.provider_id, "23")
    assert state(sent) == DeliveryState.DELIVERED


def test_a_delivery_told_after_a_failure_for_good_is(sent: OutgoingSms, ovh: Call) -> None:
    ovh(sent.provider_id, "23")
    ovh(sent.provider_id, "4")
    assert state(sent) == DeliveryState.DELIVERED


def test_a_delivery_told_after_a_passing_failure_ends_the_tries(
    sent: OutgoingSms, ovh: Call, providers: Services
) -> None:
    ovh(sent.provider_id, "24")
    ovh(sent.provider_id, "4")
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert empty_sms() is None
    assert state(sent) == DeliveryState.DELIVERED
    assert len(providers.ovh.taken) + len(providers.brevo.taken) == 1


def test_a_receipt_of_no_message_of_ours_is_absorbed_and_counted(sent: OutgoingSms, ovh: Call) -> None:
    assert ovh("99999", "4") == 204
    assert state(sent) == DeliveryState.ACCEPTED
    assert tallies() == {"unknown": 1}


def test_a_receipt_that_comes_before_the_answer_is_written_is_not_lost(in_aubin: None, ovh: Call) -> None:
    (sms,) = promise()
    assert ovh("26929926", "4", "1") == 204
    empty_sms()
    assert state(sms) == DeliveryState.DELIVERED


@pytest.mark.parametrize("said", [b"{", b"[[[", b"\xff", b"[1]", {"messageId": 1}, {"msg_status": "delivered"}, "x"])
def test_what_cannot_be_read_is_refused_and_counted(sent: OutgoingSms, brevo: Call, said: Any) -> None:
    assert brevo(said) == 400
    assert tallies() == {"unreadable": 1}


def test_a_telephone_that_was_off_is_written_to_again(sent: OutgoingSms, ovh: Call, providers: Services) -> None:
    ovh(sent.provider_id, "24")
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert empty_sms() is None
    assert len(providers.brevo.taken) == 1, "by the other provider"
    assert state(sent) == DeliveryState.ACCEPTED


# -- STOP


def _stop(cast: Cast, client_on: Callable[[str], Client], number: str, words: str) -> int:
    said = {"id": "1", "keyword": "x", "message": words, "senderid": number, "shortcode": "36180", "tag": "t"}
    return client_on(cast.portal_host).post(f"/sms/ovh/{SECRET}/", said).status_code


@pytest.mark.parametrize("words", ["STOP", "stop.", "Stop svp", "ARRÊT"])
def test_stop_withdraws_a_numbers_consents_and_what_waits_for_it(
    cast: Cast, client_on: Callable[[str], Client], sent: OutgoingSms, words: str
) -> None:
    author = User.objects.get(pk=cast.aubin.editor.id)
    for number in (ONE, TWO):
        consent(number=number, topic="news", author=author)
    promise(ONE, TWO, not_before=timezone.now() + timedelta(minutes=5))
    assert _stop(cast, client_on, ONE.replace("+33", "0033"), words) == 204
    ended = SmsConsent.objects.get(number=ONE)
    assert (ended.withdrawn_by, ended.withdrawn_at is not None) == ("STOP", True)
    assert asked() == {TWO: None}
    assert list(OutgoingSms.objects.open().values_list("recipient", flat=True)) == [TWO]
    assert balance() == BOUGHT - 2
    assert tallies() == {"stop": 1}


def test_another_answer_withdraws_nothing(cast: Cast, client_on: Callable[[str], Client], sent: OutgoingSms) -> None:
    consent(number=ONE, topic="news", author=User.objects.get(pk=cast.aubin.editor.id))
    assert _stop(cast, client_on, ONE, "Merci, ne STOP pas") == 204
    assert asked() == {ONE: None}
    assert tallies() == {"reply": 1}


def test_brevos_word_that_somebody_unsubscribed_is_a_stop(cast: Cast, sent: OutgoingSms, brevo: Call) -> None:
    consent(number=ONE, topic="news", author=User.objects.get(pk=cast.aubin.editor.id))
    assert brevo({"to": "33612345671", "messageId": 5, "msg_status": "unsubscribed"}) == 204
    assert asked() == {}


def test_a_number_asks_once_and_may_ask_again(cast: Cast, in_aubin: None) -> None:
    author = User.objects.get(pk=cast.aubin.resident.id)
    first = consent(number=ONE, topic="news", author=author, user=author)
    assert consent(number=ONE, topic="news", author=author, user=author) == first
    assert asked() == {ONE: author.pk}
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert asked() == {}


def test_a_number_without_an_account_is_forgotten_when_it_asks(cast: Cast, sent: OutgoingSms) -> None:
    consent(number=ONE, topic="news", author=User.objects.get(pk=cast.aubin.editor.id))
    forget(ONE)
    assert not OutgoingSms.objects.exists()
    assert not SmsConsent.objects.exists()
