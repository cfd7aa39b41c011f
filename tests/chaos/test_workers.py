"""Workers on one outbox: two at the same moment tell each person once, and one that is killed leaves nobody untold."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.utils import timezone

from core.delivery.announcing import Sms, announce
from core.delivery.models import OutgoingEmail, OutgoingPush, OutgoingSms
from core.delivery.outbox import empty_outbox
from core.delivery.push.sending import empty_pushes
from core.delivery.sms.credit import buy
from core.delivery.sms.sending import empty_sms
from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.at_once import at_once
from tests.benchmarks.population import TOPIC, addresses, devices, numbers
from tests.benchmarks.programs import database_url
from tests.cast import Cast, Place
from tests.chaos.proving import OPEN
from tests.sinks import Sink, mail_server, push_service, sms_provider

COUNT = 400
LONGEST_LEASE = timedelta(minutes=11)
# What a worker may have handed over without having said so.
MOST_HELD = 300


@dataclass(frozen=True, slots=True)
class Outbox:
    """One channel: what empties it, its rows, and where they go."""

    empty: Callable[[], datetime | None]
    rows: Any
    sink: Sink
    place: Place

    def times(self) -> Counter[tuple[str, str]]:
        """How often each was told, by what a receiver tells doubles by."""
        return Counter((each.to, each.what) for each in self.sink.good())

    def open(self) -> int:
        with enter(self.place.schema_name):
            return int(self.rows.objects.filter(state__in=OPEN).count())


@pytest.fixture
def sinks() -> Iterator[dict[str, Sink]]:
    with ExitStack() as leaving:
        yield {
            "push": leaving.enter_context(push_service()),
            "mail": leaving.enter_context(mail_server()),
            "sms": leaving.enter_context(sms_provider()),
        }


@pytest.fixture
def outboxes(committed_cast: Cast, sinks: dict[str, Sink], settings: Any) -> dict[str, Outbox]:
    """An alert to four hundred by each channel."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sinks["mail"].port
    settings.VAPID_PRIVATE_KEY, settings.PUSH_TEST_ORIGINS = KEY, [sinks["push"].origin]
    settings.SMS_OVH_SERVICE, settings.SMS_OVH_ENDPOINT = "sms-ab12345-1", sinks["sms"].origin
    place = committed_cast.aubin
    with enter(place.schema_name):
        devices(sinks["push"], COUNT)
        addresses(COUNT)
        numbers(COUNT)
        buy(segments=COUNT, note="commande 1", author=None)
        words: dict[str, Any] = {"title": "Crue", "text": "Montez.", "url": "/alertes/", "author": None}
        announce(topic=TOPIC, key=uuid7(), urgent=True, sms=Sms("Crue : montez."), **words)
    return {
        "push": Outbox(empty_pushes, OutgoingPush, sinks["push"], place),
        "mail": Outbox(empty_outbox, OutgoingEmail, sinks["mail"], place),
        "sms": Outbox(empty_sms, OutgoingSms, sinks["sms"], place),
    }


def test_two_workers_at_once_tell_each_person_once(outboxes: dict[str, Outbox]) -> None:
    for name, outbox in outboxes.items():
        done = at_once(outbox.place, lambda _, outbox=outbox: outbox.empty(), times=2)
        assert not [each for each in done if isinstance(each, Exception)], (name, done)
        assert sorted(outbox.times().values()) == [1] * COUNT, name
        assert not outbox.open(), name


def test_a_worker_that_is_killed_leaves_nobody_untold(outboxes: dict[str, Outbox]) -> None:
    for name, outbox in outboxes.items():
        kill_one_that_sends(outbox)
        told, left = outbox.times(), outbox.open()
        assert left > COUNT - sum(told.values()) - 1 > 0, f"{name}: it was killed between two messages"
        with time_machine.travel(timezone.now() + LONGEST_LEASE), enter(outbox.place.schema_name):
            outbox.empty()
        times = outbox.times()
        assert len(times) == COUNT and not outbox.open(), f"{name}: everybody was told under one name"
        assert sum(times.values()) - COUNT <= min(MOST_HELD, sum(told.values())), name


def kill_one_that_sends(outbox: Outbox) -> None:
    """A process of its own, that a signal ends while it hands over."""
    known = {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{configured.EMAIL_PORT}",
        "SINK_OF_PUSH": configured.PUSH_TEST_ORIGINS[0],
        "SINK_OF_SMS": configured.SMS_OVH_ENDPOINT,
        "SMS_OVH_SERVICE": configured.SMS_OVH_SERVICE,
        "VAPID_PRIVATE_KEY": KEY,
    }
    program = [sys.executable, "-m", "tests.chaos.emptying", outbox.place.schema_name]
    program += [outbox.empty.__module__, outbox.empty.__name__]
    process = subprocess.Popen(program, env=os.environ | known)
    try:
        while process.poll() is None and len(outbox.sink.good()) < COUNT // 10:
            pass  # each question waits for the sink's answer
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
