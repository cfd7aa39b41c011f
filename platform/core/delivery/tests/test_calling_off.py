"""What need not be told any more does not leave: it is called off, or its reader saw it already; SMS are given back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.announcing import Sms, call_off
from core.delivery.models import HELD, Announcement, Channel, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms
from core.delivery.progress import Counts, progress
from core.delivery.push.claiming import claim
from core.delivery.push.receipts import SHOWN, displayed
from core.delivery.sms.actions import PATIENCE
from core.delivery.sms.credit import balance
from core.delivery.sms.sending import LEASE, empty_sms
from core.delivery.sms.sending import claim as texts
from core.delivery.sms.tests.conftest import BOUGHT, ONE, THREE, TWO
from core.delivery.sms.tests.services import Services
from core.delivery.tests.test_announcing import ask, device
from core.delivery.tests.test_sms import FLOOD, asks, here, in_aubin, providers, resident, warn, with_devices
from core.tenancy.keys import uuid7
from tests.cast import Cast

__all__ = ["here", "in_aubin", "providers"]


def test_what_is_called_off_does_not_leave_and_is_given_back(here: Cast, providers: Services) -> None:
    person = with_devices(here, ONE, THREE)
    ask(person, Channel.PUSH, Channel.EMAIL)
    asks(TWO)
    told = warn()
    empty_sms()
    assert call_off(topic="news", key=told.key) == 4
    assert call_off(topic="news", key=told.key) == 0
    assert Entry.objects.get(verb="delivery.called_off").detail == {"rows": 4}
    assert balance() == BOUGHT - 1
    found = progress(told)
    assert found.is_over
    assert (found.push, found.email) == (Counts(expired=1), Counts(expired=1))
    assert found.sms == Counts(accepted=1, expired=2)
    assert {each.last_error for each in OutgoingSms.objects.filter(state=DeliveryState.EXPIRED)} == {"called off"}
    assert OutgoingPush.objects.get().last_error == OutgoingEmail.objects.get().last_error == "called off"


def test_calling_off_what_was_never_told_is_nothing(here: Cast) -> None:
    with_devices(here, ONE)
    warn()
    assert call_off(topic="news", key=uuid7()) == call_off(topic="agenda", key=Announcement.objects.get().key) == 0
    assert OutgoingSms.objects.open().exists()


def test_what_a_worker_holds_while_it_is_called_off_is_not_tried_again(here: Cast) -> None:
    with_devices(here)
    told = warn()
    (parcel,) = claim("Mairie")
    assert call_off(topic="news", key=told.key) == 0
    push = OutgoingPush.objects.get()
    assert (push.state, push.expires_at <= timezone.now()) == (DeliveryState.SENDING, True)
    assert parcel.key == push.pk


def test_what_a_provider_may_have_had_is_called_off_and_not_given_back(here: Cast) -> None:
    asks(ONE)
    told = warn()
    texts()
    with time_machine.travel(told.leaves_at + LEASE + timedelta(seconds=1), tick=False):
        assert call_off(topic="news", key=told.key) == 1
    assert OutgoingSms.objects.get().state == DeliveryState.EXPIRED
    assert balance() == BOUGHT - 1


def test_what_is_held_for_a_commune_that_is_not_open_is_called_off_too(here: Cast) -> None:
    ask(resident(here), Channel.EMAIL)
    told = warn(sms=None)
    OutgoingEmail.objects.update(state=HELD)
    assert call_off(topic="news", key=told.key) == 1


def shows(of: User) -> None:
    displayed(OutgoingPush.objects.get(device__user=of).receipt)


def test_who_saw_the_notification_needs_no_sms_and_it_is_given_back(here: Cast, providers: Services) -> None:
    person = with_devices(here, ONE)
    told, other = warn(), warn()
    displayed(OutgoingPush.objects.get(announcement=told).receipt)
    displayed(OutgoingPush.objects.get(announcement=told).receipt)
    spared = OutgoingSms.objects.get(announcement=told)
    assert (spared.state, spared.last_error, balance()) == (DeliveryState.EXPIRED, SHOWN, BOUGHT - 1)
    with time_machine.travel(told.leaves_at + PATIENCE + timedelta(seconds=1), tick=False):
        empty_sms()
    assert len(providers.ovh.taken) == 1
    assert OutgoingSms.objects.get(announcement=other).state == DeliveryState.ACCEPTED
    assert OutgoingPush.objects.get(announcement=told).device == person.devices.get(), "kept for the proof"


def test_messages_that_follow_each_other_do_not_put_the_sms_off_for_ever(here: Cast) -> None:
    with_devices(here, ONE)
    first = warn()
    for minutes in (2, 4):
        with time_machine.travel(first.leaves_at + timedelta(minutes=minutes), tick=False):
            call_off(topic="news", key=Announcement.objects.latest("pk").key)
            warn()
            assert OutgoingSms.objects.open().get().not_before == first.leaves_at + PATIENCE
    with time_machine.travel(first.leaves_at + timedelta(minutes=6), tick=False):
        call_off(topic="news", key=Announcement.objects.latest("pk").key)
        told = warn()
        assert OutgoingSms.objects.open().get().not_before == told.leaves_at + PATIENCE, "that one could leave"


def test_a_device_of_somebody_else_spares_nobody(here: Cast) -> None:
    with_devices(here, ONE)
    ask(stranger := device(), Channel.PUSH)
    warn()
    displayed(OutgoingPush.objects.get(device=stranger).receipt)
    assert OutgoingSms.objects.get().state == DeliveryState.CREATED
    assert balance() == BOUGHT - 1


@pytest.mark.parametrize("vital", [True, False])
def test_what_leaves_at_once_or_left_already_is_not_spared(vital: bool, here: Cast, providers: Services) -> None:
    person = with_devices(here, ONE)
    told = warn(sms=Sms(FLOOD.text, at_once=vital))
    if not vital:
        with time_machine.travel(told.leaves_at + PATIENCE + timedelta(seconds=1), tick=False):
            empty_sms()
    shows(person)
    assert OutgoingSms.objects.get().state != DeliveryState.EXPIRED
    assert balance() == BOUGHT - 1


def test_what_a_worker_holds_is_not_spared_and_may_leave(here: Cast) -> None:
    person = with_devices(here, ONE)
    told = warn()
    with time_machine.travel(told.leaves_at + PATIENCE + timedelta(seconds=1), tick=False):
        (held,) = texts()
        shows(person)
    assert OutgoingSms.objects.get().state == DeliveryState.SENDING
    assert held.recipient == ONE
