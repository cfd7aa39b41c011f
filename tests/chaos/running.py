"""Sends of ten thousand, one after the other, while what carries them is killed."""

import sys
import time
from dataclasses import dataclass, field
from random import Random
from threading import Thread
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.test.utils import override_settings

from core.delivery.announcing import Sms, announce
from core.delivery.sms.credit import buy
from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from deploy.local.servers import Servers
from tests.benchmarks.machine import described, own_database
from tests.benchmarks.population import TOPIC, addresses, devices, numbers
from tests.benchmarks.programs import Sinks, programs, sinks
from tests.cast import read
from tests.chaos.killing import WORKERS, Kill, Killer
from tests.chaos.proving import open_rows, proven, sending

PUSHES, MAILS, TEXTS = 6_000, 2_000, 2_000
GONE = 60
KILLS_A_SEND = 10
LATEST = 2.0  # seconds from the first message after a kill to the next kill
IDLE = 10  # seconds without a message, after which the next kill comes anyhow
PATIENCE = 300  # seconds for which the mairie clicks again
LONGEST = 1_200  # seconds until every recipient has a final state
SMS = {"SMS_OVH_SERVICE": "sms-ab12345-1"}


@dataclass
class Mairie:
    """Sends alerts, and clicks again when the page fails."""

    schema_name: str
    sent: list[UUID] = field(default_factory=list)
    clicks: int = 0
    refused: int = 0

    def send(self) -> None:
        key, deadline = uuid7(), time.time() + PATIENCE
        while time.time() < deadline:
            self.clicks += 1
            try:
                with enter(self.schema_name):
                    self._tell(key)
                self.sent.append(key)
                return
            except DatabaseError:
                time.sleep(0.5)
            finally:
                connection.close()
        self.refused += 1

    def _tell(self, key: UUID) -> None:
        words: dict[str, Any] = {"title": "Crue", "text": "Montez à l’étage.", "url": "/alertes/", "author": None}
        announce(topic=TOPIC, key=key, urgent=True, sms=Sms("Crue : montez."), **words)


def run(servers: Servers, kills: int, seed: int) -> int:
    random = Random(seed)
    offered = override_settings(VAPID_PRIVATE_KEY=KEY, **SMS)
    with sinks() as found, own_database("chaos"), offered, programs(found) as running:
        place = read().aubin
        with enter(place.schema_name):
            devices(found.push, PUSHES, gone=GONE)
            addresses(MAILS, unknown=GONE // 3)
            numbers(TEXTS)
            buy(segments=TEXTS * (kills // KILLS_A_SEND + 2), note="chaos", author=None)
        for worker in WORKERS:
            running.worker(worker)
        running.scheduler()
        running.wait_for_workers(len(WORKERS))
        print(f"{kills} kills over sends to {PUSHES + MAILS + TEXTS}, seed {seed}. {described()}", flush=True)
        mairie, killer = Mairie(place.schema_name), Killer(servers, running, random)
        begun = time.time()
        struck = strike(mairie, killer, found, random, kills)
        connection.close()  # to a server that is gone
        print(f"{len(struck)} kills in {time.time() - begun:.0f} s. {described()}", flush=True)
        left = drained(place.schema_name, killer)
        print(
            f"The last outcome {time.time() - struck[-1].at:.0f} s after the last kill, {left} rows left.", flush=True
        )
        if left:
            print(running.last_words(), file=sys.stderr)
        return proven(place.schema_name, found, mairie, struck)


def strike(mairie: Mairie, killer: Killer, found: Sinks, random: Random, kills: int) -> list[Kill]:
    """Kill at random moments while something is handed over; a send begins with every tenth kill, whatever is left of
    those before."""
    struck: list[Kill] = []
    clicking = Thread()
    for number in range(kills):
        if number % KILLS_A_SEND == 0:
            if clicking.ident:
                clicking.join()
            clicking = Thread(target=mairie.send)
            clicking.start()
        wait_for_some(found)
        time.sleep(random.uniform(0, LATEST))
        kill = killer.strike(sending(mairie.schema_name))
        struck.append(kill)
        print(f"{number + 1:4} {kill.whom:10} {kill.in_flight:5} rows held", flush=True)
    clicking.join()
    return struck


def wait_for_some(found: Sinks) -> None:
    """Until a sink takes something: a worker that starts is spared."""
    for sink in found.all:
        sink.asked()
    deadline = time.time() + IDLE
    while time.time() < deadline and not any(sink.asked()[0] for sink in found.all):
        time.sleep(0.05)


def drained(schema_name: str, killer: Killer) -> int:
    """Wait for the final states; how many rows have none in the end."""
    deadline, left = time.time() + LONGEST, 1
    while left and time.time() < deadline:
        time.sleep(2)
        killer.mend()
        left = open_rows(schema_name)
    return left
