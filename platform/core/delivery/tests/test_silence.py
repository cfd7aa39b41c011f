"""A device that takes everything and shows nothing is noticed, and whose it is hears of it once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.actions import WATCH
from core.delivery.models import Announcement, Channel, DeliveryState, Device, OutgoingEmail, OutgoingPush
from core.delivery.push.receipts import displayed
from core.delivery.push.registering import register
from core.delivery.push.silence import LONG, MANY, remove_silent, watch
from core.delivery.tests.factories import AUTH, P256DH
from core.delivery.tests.test_announcing import NIGHT, NOON, ask, device, here, resident, tell
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.tenancy.models import DueWork
from tests.cast import Cast, Person

__all__ = ["here"]
DAY = timedelta(days=1)
PAGE = "/compte/avertissements/"


@pytest.fixture
def theirs(here: Cast) -> Device:
    """A device of the resident that showed its last notification a month ago."""
    found = device(resident(here))
    Device.objects.update(shown_at=NOON - 30 * DAY)
    return found


def took(by: Device, *days_ago: int, urgent: bool = False, state: DeliveryState = DeliveryState.ACCEPTED) -> None:
    for days in days_ago:
        now: datetime = timezone.now() - days * DAY
        told = Announcement.objects.create(topic="news", key=uuid7(), title="x", text="x", url="/", leaves_at=now,
                                           expires_at=now + DAY, urgent=urgent)  # fmt: skip
        rows: dict[str, Any] = {"device": by, "state": state, "done_at": now, "urgent": urgent}
        OutgoingPush.objects.create(announcement=told, not_before=now, expires_at=now + DAY, **rows)


def is_silent(of: Device) -> bool:
    return Device.objects.get(pk=of.pk).silent_since is not None


@pytest.mark.parametrize(
    ("days_ago", "urgent"),
    [((20, 15, 10, 5), False), ((20, 10), True), ((13, 12, 11, 10, 9), False), ((13, 8, 1), True)],
)
def test_a_few_or_a_short_while_say_nothing(days_ago: tuple[int, ...], urgent: bool, theirs: Device) -> None:
    took(theirs, *days_ago, urgent=urgent)
    watch()
    assert not is_silent(theirs)
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("state", [DeliveryState.TEMPORARY, DeliveryState.EXPIRED, DeliveryState.CREATED])
def test_what_its_service_never_took_says_nothing_of_it(state: DeliveryState, theirs: Device) -> None:
    took(theirs, 20, 16, 12, 8, 4, state=state)
    watch()
    assert not is_silent(theirs)


def test_what_came_in_the_days_after_it_showed_something_says_nothing(theirs: Device) -> None:
    Device.objects.update(shown_at=NOON - 21 * DAY)
    took(theirs, 20, 19, 18, 17, 16, 15)
    watch()
    assert not is_silent(theirs)


@pytest.mark.parametrize(("days_ago", "urgent"), [((20, 16, 12, 8, 4), False), ((15, 9, 2), True)])
def test_one_that_showed_none_of_many_is_silent_and_its_owner_hears_once(
    days_ago: tuple[int, ...], urgent: bool, theirs: Device
) -> None:
    took(theirs, *days_ago, urgent=urgent)
    assert watch() == NOON + DAY
    watch()
    assert is_silent(theirs)
    mail = OutgoingEmail.objects.get()
    assert mail.subject == "Un de vos appareils ne montre plus nos notifications"
    assert "/compte/avertissements/" in mail.text
    assert Entry.objects.get(verb="delivery.silent").detail == {"devices": 1}


def test_one_without_an_account_is_noticed_and_nobody_is_written_to(here: Cast) -> None:
    stranger = device()
    Device.objects.update(shown_at=NOON - 30 * DAY)
    took(stranger, 20, 16, 12, urgent=True)
    watch()
    assert is_silent(stranger)
    assert not OutgoingEmail.objects.exists()


def test_who_may_no_longer_enter_is_not_written_to(theirs: Device) -> None:
    User.objects.update(is_active=False)
    took(theirs, 20, 16, 12, urgent=True)
    watch()
    assert not OutgoingEmail.objects.exists()


def test_nobody_is_told_at_night(theirs: Device) -> None:
    took(theirs, 20, 16, 12, urgent=True)
    with time_machine.travel(NIGHT, tick=False):
        assert watch() == NIGHT.replace(day=NIGHT.day + 1, hour=8, minute=0)
    assert not is_silent(theirs)


def test_when_nothing_comes_back_from_anybody_the_fault_is_ours(here: Cast) -> None:
    many = [device() for _ in range(MANY)]
    Device.objects.update(shown_at=NOON - 30 * DAY)
    for each in many:
        took(each, 20, 16, 12, urgent=True)
    watch()
    assert not Device.objects.filter(silent_since__isnull=False).exists()
    took(device(), 3, state=DeliveryState.DISPLAYED)
    watch()
    assert Device.objects.filter(silent_since__isnull=False).count() == MANY


def test_one_that_shows_again_or_is_registered_anew_is_silent_no_more(theirs: Device) -> None:
    for heard in ("receipt", "registered"):
        Device.objects.update(silent_since=NOON - DAY, shown_at=NOON - 30 * DAY)
        took(theirs, 0)
        if heard == "receipt":
            receipt = OutgoingPush.objects.filter(device=theirs).latest("pk").receipt
            displayed(receipt)
        else:
            Device.objects.update(endpoint="https://fcm.googleapis.com/fcm/send/one")
            register(endpoint="https://fcm.googleapis.com/fcm/send/one", p256dh=P256DH, auth=AUTH, user=None)
        found = Device.objects.get(pk=theirs.pk)
        assert (found.silent_since, found.shown_at) == (None, NOON)


def test_a_showing_is_noted_once_a_week_at_most(theirs: Device) -> None:
    last = NOON - 3 * DAY
    Device.objects.update(shown_at=last)
    took(theirs, 0)
    displayed(OutgoingPush.objects.get().receipt)
    assert Device.objects.get().shown_at == last


def test_telling_owes_a_look_at_the_devices_and_a_commune_that_tells_nothing_owes_none(here: Cast) -> None:
    assert watch() is None
    ask(device(), Channel.PUSH)
    told = tell(here)
    assert DueWork.objects.get(job=WATCH).due_at == told.leaves_at + DAY
    assert timedelta(days=14) >= LONG


def test_the_page_says_which_and_takes_them_away(
    theirs: Device, here: Cast, client_of: Callable[[Person], Client]
) -> None:
    other = device(resident(here))
    browser = client_of(here.aubin.resident)
    assert "ne montre plus" not in browser.get(PAGE).content.decode()
    with enter(here.aubin.schema_name):
        Device.objects.filter(pk=theirs.pk).update(silent_since=NOON, endpoint="https://web.push.apple.com/x")
    text = browser.get(PAGE).content.decode()
    assert "Un appareil ne montre plus nos notifications" in text
    assert "Safari, iPhone ou iPad" in text
    for _ in range(2):
        assert browser.post(f"{PAGE}muets/").status_code == 302
    with enter(here.aubin.schema_name):
        assert list(Device.objects.all()) == [other]


def test_only_ones_own_are_taken_away(theirs: Device, here: Cast) -> None:
    Device.objects.update(silent_since=NOON)
    assert remove_silent(User.objects.get(pk=here.aubin.editor.id)) == 0
    assert Device.objects.exists()
