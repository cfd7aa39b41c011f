"""`python -m tests.chaos [kills [seed]]`: exit status 1 when anything was lost, or told twice to a person."""

import os
import secrets
import signal
import sys

import django

from deploy.local.problems import told
from deploy.local.servers import Servers, local_servers

KILLS = 100


def main(kills: int, seed: int) -> int:
    with local_servers("chaos") as servers:
        assert len(servers.ours) == 2, "what is killed must be this command's own: unset DATABASE_URL and BROKER_URL"
        return _with(servers, kills, seed)


def _with(servers: Servers, kills: int, seed: int) -> int:
    os.environ.update(servers.environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.tests"
    django.setup()
    from tests.chaos.running import run

    return run(servers, kills, seed)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped
    numbers = [int(word) for word in sys.argv[1:]]
    kills, seed = [*numbers, *(KILLS, 0)[len(numbers) :]]
    sys.exit(told(lambda: main(kills, seed or secrets.randbelow(10**6))))
