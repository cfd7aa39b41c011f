"""One commune's ten thousand keep no other waiting, and what is urgent anywhere goes first."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.utils import timezone

from core.delivery.actions import MORE_PUSHES, PUSHES, SMS
from core.delivery.models import Channel, Consent, DeliveryState, Device, OutgoingPush
from core.delivery.push.claiming import BATCH
from core.delivery.push.sending import empty_pushes
from core.delivery.tests.push_service import PushService
from core.delivery.tests.test_push import device, service, tell
from core.delivery.turns import Turn
from core.tenancy.context import enter
from core.tenancy.due import dispatch, due
from core.tenancy.models import DueWork
from tests.cast import Cast

__all__ = ["service"]
LONG, NOTHING = 60.0, 0.0


@pytest.fixture
def in_aubin(cast: Cast) -> Iterator[Cast]:
    with enter(cast.aubin.schema_name):
        yield cast


def owes(schema_name: str, job: str = SMS, **more: Any) -> None:
    with enter(schema_name):
        due(job, **more)


def goes_on(share: float = NOTHING, longest: float = LONG) -> bool:
    return Turn(SMS, longest, share).goes_on


def test_alone_a_commune_goes_on_until_its_turn_is_over(in_aubin: Cast) -> None:
    assert goes_on()
    assert not goes_on(longest=NOTHING)


@pytest.mark.parametrize("urgent", [True, False])
def test_after_its_share_it_gives_way_to_who_waits_for_the_same(urgent: bool, in_aubin: Cast) -> None:
    owes(in_aubin.aubin.schema_name, urgent=urgent)
    owes(in_aubin.belleville.schema_name, urgent=urgent)
    assert goes_on(share=LONG / 2)
    assert not goes_on()


def test_what_is_urgent_elsewhere_is_given_way_at_once(in_aubin: Cast) -> None:
    owes(in_aubin.aubin.schema_name)
    owes(in_aubin.belleville.schema_name, urgent=True)
    assert not goes_on(share=LONG / 2)


def test_what_is_urgent_here_gives_no_way_to_what_is_not(in_aubin: Cast) -> None:
    owes(in_aubin.aubin.schema_name, urgent=True)
    owes(in_aubin.belleville.schema_name)
    assert goes_on()


def test_who_waits_for_later_or_for_something_else_or_is_switched_off_is_not_waited_for(in_aubin: Cast) -> None:
    other = in_aubin.belleville.schema_name
    owes(other, PUSHES, urgent=True)
    owes(other, when=timezone.now() + timedelta(minutes=1), urgent=True)
    assert goes_on()
    DueWork.objects.filter(job=SMS).update(due_at=timezone.now(), parked_at=timezone.now())
    assert goes_on()


def test_what_is_left_when_it_gave_way_is_owed_again_and_the_other_is_served(service: PushService, cast: Cast) -> None:
    made = Device.objects.bulk_create(
        Device(endpoint=f"{service.origin}/{number}", p256dh=service.p256dh, auth=service.auth, seen_at=timezone.now())
        for number in range(2 * BATCH)
    )
    Consent.objects.bulk_create(Consent(device=each, topic="news", channel=Channel.PUSH, version="1") for each in made)
    tell()
    with enter(cast.belleville.schema_name):
        device(service, "/b")
        tell(urgent=True)
        due(MORE_PUSHES, urgent=True)
    assert empty_pushes(rest=MORE_PUSHES) is None
    assert service.taken == [], "it gave way before it began"
    owed = DueWork.objects.get(job=MORE_PUSHES, schema_name=cast.aubin.schema_name)
    assert (owed.due_at <= timezone.now(), owed.urgent) == (True, False)
    with enter(cast.belleville.schema_name):
        assert empty_pushes(rest=MORE_PUSHES) is None
        assert OutgoingPush.objects.get().state == DeliveryState.ACCEPTED
    DueWork.objects.filter(job=MORE_PUSHES, schema_name=cast.belleville.schema_name).delete()
    assert empty_pushes(rest=MORE_PUSHES) is None
    assert len(service.taken) == 2 * BATCH + 1


@pytest.fixture
def queued() -> Iterator[list[tuple[str, int]]]:
    """The space and the priority of what leaves for the broker."""
    seen: list[tuple[str, int]] = []

    def note(sender: str, headers: dict[str, Any], properties: dict[str, Any], **_: Any) -> None:
        seen.append((headers["space"], properties["priority"]))

    before_task_publish.connect(note)
    yield seen
    before_task_publish.disconnect(note)


def test_what_is_urgent_is_queued_before_the_rest(
    cast: Cast, queued: list[tuple[str, int]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        owes(cast.aubin.schema_name)
        owes(cast.belleville.schema_name, urgent=True)
    (ordinary, low), (urgent, high) = queued
    assert (ordinary, urgent) == (cast.aubin.schema_name, cast.belleville.schema_name)
    assert high < low
    queued.clear()
    DueWork.objects.filter(job=SMS, schema_name=ordinary).update(due_at=timezone.now() - timedelta(hours=1))
    dispatch()
    assert [each for each in queued if each[0] in (ordinary, urgent)] == [(urgent, high), (ordinary, low)]
