"""The product's own programs, in processes of their own, on the database and the sinks of a measure."""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from celery import Celery
from django.conf import settings

from core.delivery.tests.test_announcing import KEY
from deploy.local.processes import Child
from tests.sinks import Sink, mail_server, push_service, sms_provider

CELERY = [sys.executable, "-m", "celery", "-A", "config.celery"]
LEAN = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
PATIENCE = 90
QUIET = {"SECRET_KEY": "a key for measures only, long enough to please every check of the deploy command"}


@dataclass
class Sinks:
    """Where everything goes that is sent."""

    push: Sink
    mail: Sink
    sms: Sink

    @property
    def all(self) -> tuple[Sink, Sink, Sink]:
        return self.push, self.mail, self.sms

    def environment(self) -> dict[str, str]:
        return {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "SINK_OF_PUSH": self.push.origin,
            "SINK_OF_SMS": self.sms.origin,
            "SMS_OVH_SERVICE": "sms-ab12345-1",
            "SMS_OVH_APPLICATION_KEY": "application",
            "SMS_OVH_APPLICATION_SECRET": "secret",
            "SMS_OVH_CONSUMER_KEY": "consumer",
            "VAPID_PRIVATE_KEY": KEY,
            **({"SSL_CERT_FILE": self.push.authority} if self.push.authority else {}),
        }


@contextmanager
def sinks(*, rate: float = 0, refused: float = 0) -> Iterator[Sinks]:
    """A push service over TLS, a mail server, a provider of SMS."""
    with push_service(tls=True) as push, mail_server() as mail, sms_provider(rate=rate, refused=refused) as sms:
        yield Sinks(push, mail, sms)


@dataclass
class Programs:
    """Workers and the scheduler: started, killed, started again."""

    environment: Mapping[str, str]
    folder: Path
    children: dict[str, Child] = field(default_factory=dict)

    def worker(self, name: str, *, processes: int = 1, queues: str = "celery,long", behind: int = 0) -> None:
        """`behind` is how far it lets others go first, as `nice` counts."""
        work = ["worker", "-P", "prefork", "-c", str(processes), "-Q", queues, "-n", f"{name}@%h", *LEAN]
        self._start(name, [*(["nice", "-n", str(behind)] if behind else []), *CELERY, *work, "--loglevel", "info"])

    def workers(self) -> None:
        """One for what is short, one behind it for what is long: each on two processes."""
        self.worker("short", processes=2, queues="celery")
        self.worker("long", processes=2, queues="long", behind=5)
        self.scheduler()
        self.wait_for_workers(2)

    def web(self, port: int) -> None:
        """Two processes, as production has on two cores."""
        served = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket"]
        served += ["--timeout", "60", "--backlog", "2048", f"--bind=127.0.0.1:{port}"]
        self._start("web", [sys.executable, "-m", "gunicorn", "config.wsgi:application", *served])
        deadline = time.monotonic() + PATIENCE
        while not answers(port):
            assert time.monotonic() < deadline, self.last_words()
            time.sleep(0.1)

    def scheduler(self) -> None:
        schedule = ["--schedule", str(self.folder / "schedule"), "--pidfile", "", "--loglevel", "info"]
        self._start("beat", [*CELERY, "beat", *schedule])

    def _start(self, name: str, command: list[str]) -> None:
        self.children[name] = Child(name, command, self.folder / f"{name}.log", patience=20)
        self.children[name].start(self.environment)

    def wait_for_workers(self, count: int) -> None:
        """Until so many answer."""
        celery = Celery(broker=self.environment["BROKER_URL"])
        deadline = time.monotonic() + PATIENCE
        while len(celery.control.ping(timeout=1)) < count:
            assert time.monotonic() < deadline, self.last_words()
        celery.close()

    def processes(self) -> list[int]:
        return [child.process.pid for child in self.children.values() if child.process]

    def last_words(self) -> str:
        return "\n".join(f"{name}: {child.log.read_text()[-1500:]}" for name, child in self.children.items())

    def stop(self) -> None:
        for child in self.children.values():
            child.stop(hurry=True)


@contextmanager
def programs(found: Sinks, broker: str | None = None) -> Iterator[Programs]:
    """Programs on the database that this process works in."""
    environment = dict(os.environ) | QUIET | found.environment()
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": database_url(),
        "BROKER_URL": broker or settings.CELERY_BROKER_URL,
        "PYTHONUNBUFFERED": "1",
    }
    with ExitStack() as leaving:
        folder = leaving.enter_context(tempfile.TemporaryDirectory())
        made = Programs(environment, Path(folder))
        leaving.callback(made.stop)
        yield made


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def database_url() -> str:
    values = settings.DATABASES["default"]
    host = quote(str(values["HOST"]), safe="")
    return f"postgresql://{values['USER']}@{host}/{values['NAME']}"
