"""A push service that fails or asks for rest holds up its own notifications only, and is not hammered."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core.delivery.models import DeliveryState, OutgoingPush
from core.delivery.push.hosts import ENOUGH, HOSTS, Hosts
from core.delivery.push.posting import LEFT_ALONE, THREADS
from core.delivery.push.sending import empty_pushes
from core.delivery.retrying import FIRST_URGENT
from core.delivery.tests.push_service import PushService, serving
from core.delivery.tests.test_push import NOON, device, service, tell

__all__ = ["service"]
ONE, OTHER = "https://one.example", "https://other.example"
MANY = 60


@pytest.fixture
def sound(service: PushService, settings: Any) -> Iterator[PushService]:
    """Another service, which works."""
    with serving() as found:
        settings.PUSH_TEST_ORIGINS = [service.origin, found.origin]
        yield found


def fails(hosts: Hosts, origin: str, times: int = ENOUGH) -> None:
    for _ in range(times):
        hosts.failed(origin)


def test_a_few_failures_are_those_of_devices_and_a_success_clears_them() -> None:
    hosts = Hosts()
    for _ in range(3):
        fails(hosts, ONE, ENOUGH - 1)
        assert hosts.wait(ONE) == 0
        hosts.took(ONE)


def test_one_that_fails_over_and_over_is_left_alone_and_no_other() -> None:
    hosts = Hosts()
    fails(hosts, ONE)
    assert 0 < hosts.wait(ONE) <= 5
    assert hosts.wait(OTHER) == 0


def test_what_it_asks_for_is_given_up_to_a_minute() -> None:
    hosts = Hosts()
    for _ in range(ENOUGH):
        hosts.failed(ONE, asked=40)
        hosts.failed(OTHER, asked=3600)
    assert 39 < hosts.wait(ONE) <= 40
    assert 59 < hosts.wait(OTHER) <= 60


def test_once_it_rested_one_tries_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.delivery.push.hosts.FIRST", 0.0)
    hosts = Hosts()
    fails(hosts, ONE)
    assert hosts.wait(ONE) == 0
    assert hosts.wait(ONE) == hosts.wait(ONE) == 1
    hosts.took(ONE)
    assert hosts.wait(ONE) == hosts.wait(ONE) == 0


def test_a_service_that_refuses_delays_its_own_and_is_not_hammered(service: PushService, sound: PushService) -> None:
    for number in range(MANY):
        device(service, f"/{number}"), device(sound, f"/{number}")
    service.decides = lambda path: (429, {"Retry-After": "30"})
    tell(urgent=True)
    following = empty_pushes()
    assert len(sound.taken) == MANY
    assert len(service.taken) <= ENOUGH + THREADS
    put_off = OutgoingPush.objects.filter(state=DeliveryState.TEMPORARY)
    assert (put_off.count(), OutgoingPush.objects.filter(state=DeliveryState.ACCEPTED).count()) == (MANY, MANY)
    untried = put_off.filter(last_error=LEFT_ALONE)
    assert untried.count() == MANY - len(service.taken)
    assert set(untried.values_list("attempts", flat=True)) == {0}, "it costs them no try"
    assert following
    assert NOON + timedelta(seconds=25) <= following <= NOON + timedelta(seconds=30 + FIRST_URGENT)


def test_one_device_that_is_refused_delays_itself_only(service: PushService) -> None:
    for number in range(MANY):
        device(service, f"/{number}")
    service.answers["/0"] = (429, {"Retry-After": "30"})
    tell()
    empty_pushes()
    assert OutgoingPush.objects.filter(state=DeliveryState.ACCEPTED).count() == MANY - 1
    late = OutgoingPush.objects.get(state=DeliveryState.TEMPORARY)
    assert late.device and late.device.endpoint.endswith("/0")
    assert late.not_before >= NOON + timedelta(seconds=30)


def test_a_service_that_works_again_gets_all_that_waited(service: PushService) -> None:
    for number in range(MANY):
        device(service, f"/{number}")
    service.decides = lambda path: (503, {})
    tell(urgent=True)
    empty_pushes()
    service.decides = None
    service.taken.clear()
    HOSTS.took(service.origin)
    with time_machine.travel(NOON + timedelta(minutes=10), tick=False):
        assert empty_pushes() is None
    assert len(service.taken) == MANY
    assert set(OutgoingPush.objects.values_list("state", flat=True)) == {DeliveryState.ACCEPTED}
