"""What is promised by SMS is handed over once, by whoever takes it, or its failure is written down."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.delivery import lanes
from core.delivery.actions import MORE_SMS
from core.delivery.models import DeliveryState, OutgoingSms
from core.delivery.sms import carrying
from core.delivery.sms.actions import SMS, cost
from core.delivery.sms.circuit import ASIDE, FAILURES
from core.delivery.sms.credit import balance
from core.delivery.sms.provider import Answer, Outcome
from core.delivery.sms.sending import IN_DOUBT, LEASE, claim, empty_sms, write
from core.delivery.sms.tests.conftest import BOUGHT, ONE, THREE, TWO, again, promise
from core.delivery.sms.tests.services import SILENT, Services
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.tenancy.models import DueWork
from tests.cast import Cast

BUSY = (429, {"Retry-After": "30"}, {"message": "slow down"})
DOWN = (503, {}, {"message": "down"})
NO_CREDIT = (402, {}, {"message": "not enough credit"})


def states(rows: list[OutgoingSms]) -> list[str]:
    return [again(sms).state for sms in rows]


def test_an_sms_is_handed_to_the_preferred_provider_once(providers: Services, in_aubin: None) -> None:
    (sms,) = promise(ONE)
    assert sms.state == DeliveryState.CREATED
    assert DueWork.objects.filter(job=SMS).exists()
    assert empty_sms() is None
    assert empty_sms() is None
    (job,) = providers.ovh.taken
    assert (job["receivers"], job["message"], job["tag"]) == ([ONE], "Crue : montez à l'étage.", sms.reference)
    assert job["validityPeriod"] == 60
    taken = again(sms)
    assert (taken.state, taken.provider, taken.provider_id, taken.attempts) == ("accepted", "ovh", "26929926", 1)
    assert not providers.brevo.asked


def test_a_key_is_told_once_to_a_number(providers: Services, in_aubin: None) -> None:
    key = uuid7()
    promise(ONE, TWO, key=key)
    assert len(promise(ONE, TWO, THREE, key=key)) == 3
    empty_sms()
    assert sorted(job["receivers"][0] for job in providers.ovh.taken) == [ONE, TWO, THREE]
    assert balance() == BOUGHT - 3


def test_a_text_leaves_in_as_few_segments_as_it_can(providers: Services, in_aubin: None) -> None:
    (sms,) = promise(text="L’eau n’est pas potable : n’en buvez pas. " * 3)
    empty_sms()
    assert sms.segments == 1
    assert providers.ovh.taken[0]["message"].startswith("L'eau n'est pas potable")


@pytest.mark.parametrize("answer", [DOWN, BUSY, NO_CREDIT])
def test_what_one_provider_does_not_take_the_other_does_at_once(
    answer: Any, providers: Services, in_aubin: None
) -> None:
    providers.ovh.script.append(answer)
    (sms,) = promise()
    assert empty_sms() is None
    assert again(sms).state == DeliveryState.ACCEPTED
    assert again(sms).provider == "brevo"
    assert len(providers.brevo.taken) == 1
    assert not providers.ovh.taken


def test_a_provider_that_asked_to_be_left_alone_is(providers: Services, in_aubin: None) -> None:
    providers.ovh.script.append(BUSY)
    for _ in range(3):
        promise()
        empty_sms()
    assert (providers.ovh.asked, len(providers.brevo.taken)) == (1, 3)


def test_a_provider_that_fails_is_put_aside_for_a_minute(providers: Services, in_aubin: None) -> None:
    providers.ovh.script += [DOWN] * FAILURES
    for _ in range(FAILURES + 2):
        promise()
        empty_sms()
    assert (providers.ovh.asked, len(providers.brevo.taken)) == (FAILURES, FAILURES + 2)
    assert ASIDE <= 60


def test_a_provider_that_drags_is_put_aside_though_it_answers(
    providers: Services, in_aubin: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.delivery.sms.circuit.SLOW", 0.0)
    for _ in range(FAILURES + 1):
        promise()
        empty_sms()
    assert (len(providers.ovh.taken), len(providers.brevo.taken)) == (FAILURES, 1)


def test_a_provider_that_was_put_aside_is_asked_when_the_other_fails(providers: Services, in_aubin: None) -> None:
    providers.ovh.script += [DOWN] * FAILURES
    for _ in range(FAILURES):
        promise()
        empty_sms()
    providers.brevo.script.append(DOWN)
    (sms,) = promise()
    empty_sms()
    assert again(sms).provider == "ovh"


def test_a_short_refusal_is_waited_for_on_the_spot(providers: Services, in_aubin: None, settings: Any) -> None:
    settings.SMS_BREVO_KEY = ""
    providers.ovh.script += [(429, {}, {"message": "one moment"})] * 2
    (sms,) = promise()
    assert empty_sms() is None
    assert (again(sms).state, again(sms).attempts) == (DeliveryState.ACCEPTED, 1)


def test_when_nobody_takes_it_it_is_tried_again_later_and_not_before_asked(providers: Services, in_aubin: None) -> None:
    providers.ovh.script.append(BUSY)
    providers.brevo.script.append(BUSY)
    (sms,) = promise()
    following = empty_sms()
    put_off = again(sms)
    assert put_off.state == DeliveryState.TEMPORARY
    assert following == put_off.not_before
    assert put_off.not_before >= timezone.now() + timedelta(seconds=25)
    assert balance() == BOUGHT - 1


def test_a_number_that_cannot_be_written_to_is_not_tried_again_and_is_given_back(
    providers: Services, in_aubin: None
) -> None:
    providers.ovh.refuses.add(ONE)
    rows = promise(ONE, TWO)
    assert empty_sms() is None
    assert states(rows) == [DeliveryState.PERMANENT, DeliveryState.ACCEPTED]
    assert balance() == BOUGHT - 1
    assert not providers.brevo.asked


def test_what_no_provider_can_send_is_a_technical_failure_and_is_given_back(
    providers: Services, in_aubin: None
) -> None:
    providers.ovh.script.append(NO_CREDIT)
    providers.brevo.script.append((400, {}, {"code": "invalid_parameter", "message": "sender is not valid"}))
    (sms,) = promise()
    assert empty_sms() is None
    failed = again(sms)
    assert failed.state == DeliveryState.TECHNICAL
    assert failed.last_error
    assert balance() == BOUGHT


def test_what_is_in_doubt_is_not_sent_again_at_once(providers: Services, in_aubin: None) -> None:
    providers.ovh.script.append(SILENT)
    (sms,) = promise()
    following = empty_sms()
    doubtful = again(sms)
    assert doubtful.state == DeliveryState.SENDING
    assert following == doubtful.leased_until
    assert timedelta(seconds=60) >= IN_DOUBT
    assert (len(providers.ovh.taken), providers.brevo.asked) == (1, 0)


def test_what_stays_in_doubt_goes_to_the_other_provider_under_the_same_reference(
    providers: Services, in_aubin: None
) -> None:
    providers.ovh.script.append(SILENT)
    (sms,) = promise()
    empty_sms()
    with time_machine.travel(timezone.now() + IN_DOUBT + timedelta(seconds=1), tick=False):
        assert empty_sms() is None
    assert again(sms).provider == "brevo"
    assert providers.ovh.taken[0]["tag"] == providers.brevo.taken[0]["tag"] == sms.reference


def test_what_nobody_ever_answers_for_is_not_sent_without_end(providers: Services, in_aubin: None) -> None:
    providers.ovh.script, providers.brevo.script = [SILENT], [SILENT]
    (sms,) = promise()
    empty_sms()
    with time_machine.travel(timezone.now() + IN_DOUBT + timedelta(seconds=1), tick=False):
        assert empty_sms() is None
    assert again(sms).state == DeliveryState.TECHNICAL
    assert balance() == BOUGHT - 1, "it may have been billed"


def test_two_workers_never_hold_the_same_sms(providers: Services, in_aubin: None) -> None:
    promise(ONE, TWO)
    assert len(claim()) == 2
    assert claim() == []


def test_a_worker_that_died_loses_nothing(providers: Services, in_aubin: None) -> None:
    (sms,) = promise()
    claim()
    assert empty_sms() is not None
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1), tick=False):
        sms.__class__.objects.update(expires_at=timezone.now() + timedelta(hours=1))
        assert empty_sms() is None
    assert again(sms).state == DeliveryState.ACCEPTED


def test_a_worker_that_was_overtaken_writes_nothing(providers: Services, in_aubin: None) -> None:
    (sms,) = promise()
    batch = claim()
    OutgoingSms.objects.update(leased_until=timezone.now() + 2 * LEASE)
    write([(batch[0], Answer(Outcome.PERMANENT, "ovh"))])
    assert again(sms).state == DeliveryState.SENDING
    assert balance() == BOUGHT - 1


def test_what_is_no_longer_worth_sending_is_not_sent_and_is_given_back(providers: Services, in_aubin: None) -> None:
    (sms,) = promise(minutes=10)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert empty_sms() is None
    assert again(sms).state == DeliveryState.EXPIRED
    assert balance() == BOUGHT
    assert not providers.ovh.asked


def test_what_is_to_leave_later_waits(providers: Services, in_aubin: None) -> None:
    later = timezone.now() + timedelta(minutes=30)
    promise(not_before=later)
    assert empty_sms() == later
    assert not providers.ovh.asked


def test_a_commune_that_may_not_write_to_its_people_keeps_its_sms(
    cast: Cast, providers: Services, in_aubin: None
) -> None:
    space = cast.aubin.space
    (sms,) = promise()
    type(space)._default_manager.filter(pk=space.pk).update(state=space.State.SUSPENDED)
    assert empty_sms() is None
    assert again(sms).state == DeliveryState.CREATED
    assert not providers.ovh.asked


def test_without_a_provider_nothing_is_offered(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        with pytest.raises(ValidationError) as refused:
            promise()
        assert refused.value.code == "not_offered"
        assert not OutgoingSms.objects.exists()


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("a" * 10_000, "too_long")])
def test_a_text_that_is_no_sms_is_refused(text: str, code: str, providers: Services, in_aubin: None) -> None:
    with pytest.raises(ValidationError) as refused:
        promise(text=text)
    assert refused.value.code == code
    assert balance() == BOUGHT


def test_what_a_sending_costs_is_known_before(providers: Services, in_aubin: None) -> None:
    assert cost("Coupure d'eau. " * 12, 250) == 500


def test_a_sending_costs_as_many_statements_for_many_as_for_few(
    providers: Services, in_aubin: None, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "PATIENCE", 30)  # so that outcomes are written together, on a busy machine too
    numbers = [f"+336{number:08d}" for number in range(40)]
    promise(*numbers)
    with django_assert_max_num_queries(26):
        empty_sms()
    assert len(providers.ovh.taken) == 40


def test_what_waited_for_its_turn_too_long_is_given_back_unsent(providers: Services, in_aubin: None) -> None:
    (sms,) = promise()
    assert empty_sms(turn=0.01, safe=-1, rest=MORE_SMS) is None
    given_back = again(sms)
    assert (given_back.state, given_back.leased_until, given_back.attempts) == (DeliveryState.CREATED, None, 0)
    assert not providers.ovh.asked
    assert DueWork.objects.filter(job=MORE_SMS).exists()
    assert balance() == BOUGHT - 1


def test_a_provider_that_is_hurried_is_asked_again_until_it_takes(
    providers: Services, in_aubin: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "FIRST_PAUSE", 0.001)
    (sms,) = promise()
    for service in (providers.ovh, providers.brevo):
        service.script = [(429, {}, {"message": "slow down"})] * 9
    assert empty_sms() is None
    assert (again(sms).state, again(sms).attempts) == (DeliveryState.ACCEPTED, 1)
