"""Beffroi on this machine: its data brought up to date, its programs started, checked and stopped."""

import base64
import http.client
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from celery import Celery

from deploy.local.address import Address
from deploy.local.network import free_port, web_binds
from deploy.local.problems import Problem
from deploy.local.processes import Child, run_to_end
from deploy.local.servers import Servers
from deploy.local.signals import Signals

PATIENCE = 60.0
PYTHON = sys.executable
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass
class Site:
    """The demo's programs on their servers; `folder` holds what is the site's own: mails, media, logs, key.

    The mailbox takes the first free ports from `mail_ports` on (SMTP, then HTTP), and the Stripe of this machine the
    first from `stripe_port` on, when they start: the set-up is long, and another demo may start meanwhile. `address`
    tells where they answer from then on.
    """

    folder: Path
    address: Address
    servers: Servers
    mail_ports: tuple[int, int] = (1025, 8026)
    stripe_port: int = 8027
    children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("logs", "media", "static"):
            (self.folder / name).mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """Mail goes to the site's own letter box whatever the caller's environment says: no mairie gets any."""
        smtp_port, _mailbox_port = self.mail_ports
        return (
            dict(os.environ)
            | self.servers.environment()
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings.demo",
                "SECRET_KEY": secret_key(self.folder / "secret-key"),
                "VAPID_PRIVATE_KEY": push_key(self.folder / "push-key"),
                "BASE_DOMAIN": self.address.domain,
                "PORT": str(self.address.port),
                "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
                "DEMO_MAILBOX_URL": self.address.mailbox_url,
                **self._stripe(),
                "MEDIA_ROOT": str(self.folder / "media"),
                "STATIC_ROOT": str(self.folder / "static"),
                "PYTHONUNBUFFERED": "1",
            }
        )

    def set_up(self, since: float, *places: str) -> None:
        """Bring the data up to date, with these communes of the demo, or all. Times count from `since`.

        Raises Problem.
        """
        log = self.log("set-up")
        command = [PYTHON, "manage.py", "set_up_demo", "--no-color", f"--since={since}"]
        command += ["--places", *places] if places else []
        run_to_end(command, self.environment, log, f"The set-up failed at the step above; see its log, {log}.")

    def _stripe(self) -> dict[str, str]:
        """Payments are asked of nobody whatever the caller's environment says."""
        return {
            "STRIPE_SECRET_KEY": f"sk_test_{secret_key(self.folder / 'stripe-key')}",
            "STRIPE_WEBHOOK_SECRET": f"whsec_{secret_key(self.folder / 'stripe-webhook-key')}",
            "STRIPE_API_BASE": f"http://127.0.0.1:{self.stripe_port}",
            "DEMO_STRIPE_URL": self.address.stripe_url,
        }

    @contextmanager
    def serving(self, signals: Signals | None = None, *, hurry: bool = False) -> Iterator[None]:
        """Start the programs, and stop them afterwards: at once with `hurry`, which loses what they were doing.

        They stop in the reverse order of their start: the letter box outlives those who write to it.
        """
        binds = web_binds(self.address.port)
        smtp_port, mailbox_port = (free_port(port) for port in self.mail_ports)
        self.mail_ports = (smtp_port, mailbox_port)
        while (stripe_port := free_port(self.stripe_port)) in self.mail_ports:
            self.stripe_port = stripe_port + 1
        self.stripe_port = stripe_port
        mailbox_url, stripe_url = (f"http://localhost:{port}/" for port in (mailbox_port, self.stripe_port))
        self.address = replace(self.address, mailbox_url=mailbox_url, stripe_url=stripe_url)
        self.children = self._programs(binds)
        try:
            environment = self.environment
            for child in self.children:
                child.start(environment)
            yield
        finally:
            if signals:
                signals.stopping()
            for child in reversed(self.children):
                child.stop(hurry=hurry or (signals is not None and signals.hurry))

    def wait_until_healthy(self) -> None:
        celery: Any = Celery(broker=self.servers.broker_url)
        checks: dict[str, Callable[[], object]] = {
            "the web server": lambda: _answers(self.address.port, "/readyz", self.address.host()),
            "the mailbox": lambda: _answers(self.mail_ports[1], "/api/messages", "localhost"),
            "the payments": lambda: _answers(self.stripe_port, "/stripe.css", "localhost"),
            "the worker": lambda: celery.control.ping([f"demo@{socket.gethostname()}"], timeout=0.5),
        }
        deadline = time.monotonic() + PATIENCE
        for name, healthy in checks.items():
            while not healthy():
                self.require_alive()
                if time.monotonic() > deadline:
                    raise Problem(f"After {PATIENCE:.0f} s {name} is not healthy; see the logs in {self.folder}/logs.")
                time.sleep(0.1)
        self.require_alive()

    def require_alive(self) -> None:
        if dead := next((child for child in self.children if child.dead), None):
            raise Problem(dead.obituary())

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def _programs(self, binds: Sequence[str]) -> list[Child]:
        celery = [PYTHON, "-m", "celery", "-A", "config.celery"]
        lean = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        web = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket"]
        web += ["--timeout", "60", "--graceful-timeout", "5", "--access-logfile", "-"]
        web += [f"--bind={bind}" for bind in binds]
        mail = [str(self.folder / "mail"), *map(str, self.mail_ports)]
        stripe = [str(self.stripe_port), self.address.url(path="/stripe/webhook/"), str(self.folder / "stripe.json")]
        work = ["worker", "-P", "prefork", "-c", "1", "-n", "demo@%h", "--loglevel", "info", *lean]
        schedule = ["--schedule", str(self.folder / "schedule"), "--pidfile", "", "--loglevel", "info"]
        return [
            Child("The mailbox", [PYTHON, "-m", "deploy.local.mailbox", *mail], self.log("mailbox")),
            Child("The payments", [PYTHON, "-m", "deploy.local.stripe", *stripe], self.log("stripe")),
            Child("The web server", [PYTHON, "-m", "gunicorn", "config.wsgi:application", *web], self.log("web")),
            Child("The worker", [*celery, *work], self.log("worker"), patience=20),
            Child("The scheduler", [*celery, "beat", *schedule], self.log("scheduler")),
        ]


def secret_key(path: Path) -> str:
    """Give this machine's own key, drawn once."""
    return _drawn_once(path, lambda: secrets.token_urlsafe(50))


def push_key(path: Path) -> str:
    """Give the key that notifications are signed with: a number of the curve P-256, in base64url."""

    def draw() -> str:
        number = secrets.randbelow(P256_ORDER - 1) + 1
        return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()

    return _drawn_once(path, draw)


def _drawn_once(path: Path, draw: Callable[[], str]) -> str:
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(draw())
    if key := path.read_text():
        return key
    path.unlink()  # a kill came between its making and its writing
    return _drawn_once(path, draw)


def _answers(port: int, path: str, host: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
