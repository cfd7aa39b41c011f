"""Many notifications at once: none lost, none held up by another, none sent by two workers that live."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.delivery.actions import MORE_PUSHES
from core.delivery.models import Channel, Consent, DeliveryState, Device, OutgoingPush
from core.delivery.push.claiming import BATCH, LEASE, claim, write
from core.delivery.push.posting import THREADS, seconds_asked
from core.delivery.push.sending import empty_pushes
from core.delivery.tests.push_service import PushService
from core.delivery.tests.test_push import NOON, again, device, posted, service, tell
from core.tenancy.models import DueWork

__all__ = ["service"]
MAIRIE = "Mairie de Saint-Aubin"


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in OutgoingPush.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def devices(service: PushService, count: int) -> None:
    for number in range(count):
        device(service, f"/{number}")


def test_a_second_worker_takes_nothing_of_the_first(service: PushService) -> None:
    device(service)
    tell()
    (first,) = claim(MAIRIE)
    assert claim(MAIRIE) == []
    assert empty_pushes() == first.lease
    assert service.taken == []


def test_what_is_urgent_is_taken_first(service: PushService) -> None:
    device(service)
    tell()
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        tell("Crue", urgent=True)
        assert [parcel.urgent for parcel in claim(MAIRIE)] == [True, False]


def test_a_worker_that_dies_before_it_sends_gives_back_when_its_lease_is_over(service: PushService) -> None:
    device(service)
    push = tell()
    claim(MAIRIE)
    assert again(push).state == DeliveryState.SENDING
    with time_machine.travel(NOON + LEASE + timedelta(seconds=1), tick=False):
        assert empty_pushes() is None
    assert (len(service.taken), again(push).state) == (1, DeliveryState.ACCEPTED)


def test_a_worker_that_dies_after_it_sent_is_repeated_under_the_same_topic(service: PushService) -> None:
    device(service)
    push = tell()
    (lost,) = claim(MAIRIE)
    dead = posted(lost)
    with time_machine.travel(NOON + LEASE + timedelta(seconds=1), tick=False):
        assert empty_pushes() is None
    assert [headers["Topic"] for _, headers, _ in service.taken] == [push.announcement_id.hex] * 2
    write([replace(dead, state=DeliveryState.TECHNICAL)])
    assert again(push).state == DeliveryState.ACCEPTED, "what a worker says after its lease is not heard"


def test_a_worker_that_is_late_sends_nothing_and_gives_back(service: PushService) -> None:
    device(service)
    push = tell()
    (parcel,) = claim(MAIRIE)
    write([posted(replace(parcel, until=0))])
    assert service.taken == []
    assert (again(push).state, again(push).attempts) == (DeliveryState.CREATED, 0)
    assert empty_pushes() is None
    assert again(push).state == DeliveryState.ACCEPTED


def test_many_leave_over_few_connections_and_their_statements_do_not_follow_their_number(service: PushService) -> None:
    def statements(count: int) -> int:
        for number in range(count):
            device(service, f"/{count}/{number}")
        tell(urgent=True)
        with CaptureQueriesContext(connection) as made:
            assert empty_pushes() is None
        return len(made)

    few, many = statements(2), statements(40)
    assert many <= few + 4 * 3, "a batch of outcomes takes a statement or two"
    assert states() == {DeliveryState.ACCEPTED: 44}
    assert len({path for path, _, _ in service.taken}) == 42
    assert service.connections <= 2 * THREADS, "a run has its own"


def test_more_than_a_batch_is_sent_in_one_run(service: PushService) -> None:
    Device.objects.bulk_create(
        Device(endpoint=f"{service.origin}/{number}", p256dh=service.p256dh, auth=service.auth, seen_at=timezone.now())
        for number in range(BATCH + 30)
    )
    Consent.objects.bulk_create(
        Consent(device=each, topic="news", channel=Channel.PUSH, version="1") for each in Device.objects.all()
    )
    tell()
    assert empty_pushes() is None
    assert states() == {DeliveryState.ACCEPTED: BATCH + 30}


def test_a_service_that_is_slow_holds_up_nobody_else(service: PushService) -> None:
    devices(service, 20)
    service.slow["/0"] = 20  # it answers once all the others were taken
    tell()
    assert empty_pushes() is None
    assert states() == {DeliveryState.ACCEPTED: 20}


def test_random_refusals_lose_nothing_and_each_waits_as_long_as_it_was_told(service: PushService) -> None:
    devices(service, 40)
    random, told_at, asked, early = Random(5), {}, {}, []

    def decide(path: str) -> tuple[int, dict[str, str]]:
        now = timezone.now()
        if path in told_at and (now - told_at[path]).total_seconds() < asked[path]:
            early.append(path)
        if random.random() > 0.4:
            return 201, {}
        told_at[path], asked[path] = now, random.randint(1, 90)
        return 429, {"Retry-After": str(asked[path])}

    service.decides = decide
    tell(urgent=True)
    runs, following = 0, timezone.now()
    while following and runs < 200:
        with time_machine.travel(following, tick=False):
            following, runs = empty_pushes(), runs + 1  # type: ignore[assignment]
    assert states() == {DeliveryState.ACCEPTED: 40}
    assert early == []
    assert len(service.taken) > 40


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (b"hello\r\n\r\n", DeliveryState.TEMPORARY),
        (b"", DeliveryState.TEMPORARY),
        (b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", DeliveryState.TEMPORARY),
        (b"HTTP/1.1 400 No\r\nContent-Length: 3\r\n\r\n\0\xff!", DeliveryState.TECHNICAL),
        (b"HTTP/1.1 400 No\r\nContent-Length: 90000\r\n\r\n" + b"x" * 90000, DeliveryState.TECHNICAL),
    ],
)
def test_an_answer_that_is_none_is_written_and_keeps_nobody_waiting(
    raw: bytes, state: DeliveryState, service: PushService
) -> None:
    devices(service, 2)
    service.raw["/0"] = raw
    tell()
    empty_pushes()
    assert states() == {state: 1, DeliveryState.ACCEPTED: 1}
    assert OutgoingPush.objects.get(state=state).last_error


def test_a_connection_that_was_closed_meanwhile_costs_no_attempt(service: PushService) -> None:
    service.hangs_up = True
    device(service)
    for _ in range(3):
        tell(urgent=True)
        assert empty_pushes() is None
    assert states() == {DeliveryState.ACCEPTED: 3}


@pytest.mark.parametrize("ending", ["chunked", "said", "unsaid"])
def test_an_answer_is_read_to_its_end_however_that_is_told(ending: str, service: PushService) -> None:
    devices(service, 1)
    service.raw["/0"] = {
        "chunked": b"HTTP/1.1 100 Go on\r\n\r\n"
        b"HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfull\r\n0\r\n\r\n",
        "said": b"HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\nfull",
        "unsaid": b"HTTP/1.1 400 No\r\n\r\nfull",
    }[ending]
    tell()
    empty_pushes()
    assert OutgoingPush.objects.get().last_error == ("400" if ending == "unsaid" else "400 full")


@pytest.mark.parametrize("end", ["/a b", "/a\r\nX: y", "/é"])
def test_an_address_cannot_write_into_its_request(end: str, service: PushService) -> None:
    device(service, end)
    tell()
    empty_pushes()
    assert states() == {DeliveryState.TECHNICAL: 1}
    assert service.taken == []


def test_what_a_service_puts_off_beyond_the_deadline_expires(service: PushService) -> None:
    device(service)
    service.answers["/un"] = (503, {"Retry-After": "3600"})
    push = tell(urgent=True, expires_at=NOON + timedelta(minutes=30))
    assert empty_pushes() is None
    assert again(push).state == DeliveryState.EXPIRED
    assert again(push).last_error == "503"


def test_a_wait_is_asked_in_seconds_or_as_a_date_and_never_for_ever(service: PushService) -> None:
    assert seconds_asked("120") == 120
    assert seconds_asked(format_datetime(timezone.now() + timedelta(minutes=3))) == 180
    assert seconds_asked(format_datetime(timezone.now() - timedelta(minutes=3))) == 0
    assert seconds_asked("9" * 5000) == 24 * 3600
    for nonsense in ("", "demain", "-5", "٣", "1e9", "Tue, 99 Foo 2026 99:99:99 GMT", "Wed, 25 Nov 2026 10:00:00"):
        assert seconds_asked(nonsense) == 0, nonsense


def test_a_turn_ends_and_another_job_goes_on_with_what_is_left(service: PushService) -> None:
    device(service)
    push = tell()
    assert empty_pushes(turn=0, rest=MORE_PUSHES) is None
    assert again(push).state == DeliveryState.CREATED
    assert DueWork.objects.filter(job=MORE_PUSHES, due_at__lte=NOON).exists()


def test_a_service_that_drags_does_not_hold_up_a_short_run(service: PushService) -> None:
    device(service)
    push = tell()
    assert empty_pushes(safe=-1, turn=0.001, rest=MORE_PUSHES) is None
    assert (again(push).state, again(push).leased_until, service.taken) == (DeliveryState.CREATED, None, [])
    assert empty_pushes() is None
    assert again(push).state == DeliveryState.ACCEPTED


def test_a_device_that_left_meanwhile_is_gone_for_good(service: PushService) -> None:
    device(service)
    push = tell()
    Device.objects.all().delete()
    assert empty_pushes() is None
    assert (again(push).state, service.taken) == (DeliveryState.PERMANENT, [])


def test_what_cannot_be_sealed_fails_alone(service: PushService) -> None:
    devices(service, 2)
    tell()
    Device.objects.filter(endpoint=f"{service.origin}/0").update(auth="é")
    empty_pushes()
    assert states() == {DeliveryState.TECHNICAL: 1, DeliveryState.ACCEPTED: 1}
