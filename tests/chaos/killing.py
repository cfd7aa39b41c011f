"""Who is killed, and how it is started again: at once, as a supervisor would."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg

from deploy.local.postgres import Postgres
from deploy.local.servers import Servers
from deploy.local.valkey import Valkey
from tests.benchmarks.programs import Programs

WORKERS = ("first", "second")
# What is killed, and how often among ten.
VICTIMS = {"worker": 4, "its child": 2, "broker": 1, "database": 2, "a backend": 1}
LONGEST_DOWN, LONGEST_RECOVERY = 1.0, 60.0


@dataclass(frozen=True, slots=True)
class Kill:
    at: float
    whom: str
    in_flight: int


class Killer:
    def __init__(self, servers: Servers, programs: Programs, random: Random) -> None:
        self._postgres = next(each for each in servers.ours if isinstance(each, Postgres))
        self._valkey = next(each for each in servers.ours if isinstance(each, Valkey))
        self._programs, self._random = programs, random

    def strike(self, in_flight: int) -> Kill:
        """Kill one of them and start it again."""
        whom = self._random.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        worker = self._random.choice(WORKERS)
        at = time.time()
        match whom:
            case "worker":
                self._programs.children[worker].stop(hurry=True)
            case "its child":
                self._kill_child(worker)
            case "broker":
                self._kill_broker()
            case "database":
                self._kill_database()
            case "a backend":
                self._kill_backend()
        self.mend()
        return Kill(at, whom, in_flight)

    def mend(self) -> None:
        """Start again what is dead: a scheduler may not outlive its broker."""
        for name in WORKERS:
            if self._programs.children[name].dead:
                self._programs.worker(name)
        if self._programs.children["beat"].dead:
            self._programs.scheduler()

    def _kill_child(self, worker: str) -> None:
        process = self._programs.children[worker].process
        assert process
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        for word in children.read_text().split() if children.exists() else []:
            _kill(int(word))

    def _kill_broker(self) -> None:
        process = self._valkey._process
        assert process
        process.kill()
        process.wait()
        time.sleep(self._random.uniform(0, LONGEST_DOWN))
        self._valkey.start()

    def _kill_database(self) -> None:
        process = self._postgres._process
        assert process
        process.kill()
        process.wait()
        time.sleep(self._random.uniform(0, LONGEST_DOWN))
        self._postgres.start()

    def _kill_backend(self) -> None:
        """The server then ends all the others, and recovers as after a crash."""
        deadline = time.monotonic() + LONGEST_RECOVERY
        while not self._postgres.answers() and time.monotonic() < deadline:
            time.sleep(0.1)  # it recovers from the kill before
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as direct:
            found = direct.execute(
                "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
            ).fetchall()
        if found:
            _kill(int(self._random.choice(found)[0]))


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
