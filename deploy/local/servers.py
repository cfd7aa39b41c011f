"""The database and the broker of the demo or of the tests.

Each is, in this order: the one that the environment names (DATABASE_URL, BROKER_URL), the program of the locked wheel,
the machine's own. `python -m deploy.local.servers run test -- command …` runs a command between start and stop.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal

from deploy.local.account import Account, servers_account
from deploy.local.binaries import Program, find_postgres, find_valkey, staged
from deploy.local.locks import Shared, held
from deploy.local.named import cache_named, require_answers
from deploy.local.places import CLONE, Place, place_for
from deploy.local.postgres import Postgres
from deploy.local.problems import Problem, told
from deploy.local.processes import end_with_parent
from deploy.local.valkey import Valkey

Instance = Literal["demo", "test", "bench", "chaos"]


@dataclass(frozen=True)
class Servers:
    """Where the servers answer, and those of them that are ours."""

    database_url: str
    broker_url: str
    cache_url: str
    ours: tuple[Postgres | Valkey, ...] = ()

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "BROKER_URL": self.broker_url, "CACHE_URL": self.cache_url}

    def fallen(self) -> Postgres | Valkey | None:
        """Give a server of ours that answers no more."""
        return next((server for server in self.ours if not server.answers()), None)


@contextmanager
def local_servers(
    instance: Instance,
    *,
    clone: Path = CLONE,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[Servers]:
    """Start what the environment does not name, and stop it afterwards.

    Several commands may use one instance at the same time: the first starts it, the last stops it. Raises Problem,
    before anything is started, for a server that is named and does not serve.
    """
    require_answers(environment)
    with ExitStack() as leaving:
        postgres, valkey = _ours(instance, clone, environment)
        ours = tuple(server for server in (postgres, valkey) if server is not None)
        if ours:
            place = Place(ours[0].home.parent, ours[0].home, ours[0].sockets)
            _enter(place, ours, leaving)
        yield Servers(
            database_url=postgres.url if postgres else environment["DATABASE_URL"],
            broker_url=environment.get("BROKER_URL") or (valkey.broker_url if valkey else ""),
            cache_url=cache_named(environment) or (valkey.cache_url if valkey else ""),
            ours=ours,
        )


def forget(instance: Instance, *, clone: Path = CLONE) -> None:
    """Delete an instance's data, and stop its servers first when a killed command left them running."""
    postgres, valkey = _ours(instance, clone, {})
    assert postgres is not None and valkey is not None
    place = Place(postgres.home.parent, postgres.home, postgres.sockets)
    with held(place.gate):
        if not Shared(place.users).leave():
            raise Problem(f"The {instance} servers are in use: stop the command that uses them first.")
        for server in (valkey, postgres):
            server.stop()
        for folder in {place.home, place.sockets}:
            shutil.rmtree(folder, ignore_errors=folder == place.sockets)


def _ours(instance: Instance, clone: Path, environment: Mapping[str, str]) -> tuple[Postgres | None, Valkey | None]:
    """Describe the servers that must be ours, their folders made and their programs readable by their user."""
    wants_database = not environment.get("DATABASE_URL")
    wants_valkey = not (environment.get("BROKER_URL") and cache_named(environment))
    if not wants_database and not wants_valkey:
        return None, None
    account = servers_account()
    place = place_for(instance, account, clone)
    tests = instance == "test"
    postgres = valkey = None
    with held(place.gate):
        place.prepare(account)
        if wants_database:
            programs = _readable(find_postgres(), place, account)
            postgres = Postgres(programs.path, place.home, place.sockets, account, throwaway=tests)
        if wants_valkey:
            program = _readable(find_valkey(), place, account)
            valkey = Valkey(program.path, place.home, place.sockets, account, durable=not tests)
    return postgres, valkey


def _readable(program: Program, place: Place, account: Account) -> Program:
    return staged(program, place.base) if account.dropped else program


def _enter(place: Place, ours: tuple[Postgres | Valkey, ...], leaving: ExitStack) -> None:
    with held(place.gate):
        users = Shared(place.users)
        leaving.callback(_leave, place, users, ours)
        for server in ours:
            server.start()


def _leave(place: Place, users: Shared, ours: tuple[Postgres | Valkey, ...]) -> None:
    with held(place.gate):
        if users.leave():
            for server in reversed(ours):
                server.stop()


def run(instance: Instance, command: list[str]) -> int:
    """Run a command with the addresses in its environment; give its status."""
    with local_servers(instance) as servers:
        child = subprocess.Popen(command, env=os.environ | servers.environment(), preexec_fn=end_with_parent)

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        # A terminal gives Ctrl-C to both: the command decides, and the servers wait for it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGHUP, pass_on)
        status = child.wait()
    return status if status >= 0 else 128 - status


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", ("demo" | "test" | "bench") as instance, "--", *command] if command:
            return run(instance, command)
        case ["forget", ("demo" | "test" | "bench") as instance]:
            forget(instance)
            return 0
    raise Problem("Usage: python -m deploy.local.servers run demo|test|bench -- command …, or forget demo|test|bench.")


if __name__ == "__main__":
    sys.exit(told(lambda: main(sys.argv[1:])))
