"""The demo while it runs: what it starts, in which order, how it is checked, watched and stopped."""

import http.client
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from celery import Celery

from deploy.local.address import Address
from deploy.local.network import free_port, web_binds
from deploy.local.problems import Problem
from deploy.local.processes import Child, run_to_end
from deploy.local.progress import Progress
from deploy.local.servers import Servers, local_servers
from deploy.local.signals import Signals

PATIENCE = 60.0
SMTP_PORT, MAILBOX_PORT = 1025, 8026
PYTHON = sys.executable


@dataclass
class Demo:
    """`folder` holds its data, but for the servers'; `once` stops after the walk."""

    folder: Path
    domain: str
    port: int
    once: bool
    recovering: bool = False
    progress: Progress = field(default_factory=Progress)
    children: list[Child] = field(default_factory=list)

    @property
    def walked(self) -> Path:
        return self.folder / "walked"

    def run(self, signals: Signals) -> int:
        binds = self._binds()
        smtp_port, mailbox_port = free_port(SMTP_PORT), free_port(MAILBOX_PORT)
        address = Address(self.domain, self.port, f"http://localhost:{mailbox_port}/")
        with ExitStack() as leaving:
            leaving.callback(self.progress.note, "Stopped; the data is kept.")
            with self.progress.step("Starting the database and the broker"):
                servers = leaving.enter_context(local_servers("demo"))
            environment = self._environment(servers, address, smtp_port)
            self._prepare(environment)
            leaving.enter_context(self._serving(signals))
            with self.progress.step("Starting mailbox, web, worker and scheduler"):
                self.children += self._programs(binds, smtp_port, mailbox_port)
                for child in self.children:
                    child.start(environment)
                self._wait_until_healthy(address, mailbox_port, servers)
            if self.once or not self.walked.exists():
                self._walk(environment)
            if not self.once:
                self._announce(address, environment)
                self._watch(servers)
        return 0

    def _binds(self) -> list[str]:
        """Wait a moment for the port when the last demo was killed: its web server may be ending still."""
        deadline = time.monotonic() + (10 if self.recovering else 0)
        while True:
            try:
                return web_binds(self.port)
            except Problem:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(0.3)

    def _environment(self, servers: Servers, address: Address, smtp_port: int) -> dict[str, str]:
        """Mail goes to the demo's own letter box whatever the caller's environment says: no mairie gets any."""
        for name in ("media", "static"):
            (self.folder / name).mkdir(exist_ok=True)
        return (
            dict(os.environ)
            | servers.environment()
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings.demo",
                "SECRET_KEY": secret_key(self.folder / "secret-key"),
                "BASE_DOMAIN": address.domain,
                "PORT": str(address.port),
                "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
                "DEMO_MAILBOX_URL": address.mailbox_url,
                "MEDIA_ROOT": str(self.folder / "media"),
                "STATIC_ROOT": str(self.folder / "static"),
                "PYTHONUNBUFFERED": "1",
            }
        )

    def _prepare(self, environment: dict[str, str]) -> None:
        for text, command in (
            ("Bringing the schemas up to date", "prepare"),
            ("Loading the directory of communes", "load_directory"),
            ("Opening the demo's communes", "seed_demo"),
        ):
            with self.progress.step(text):
                arguments = [PYTHON, "manage.py", command]
                run_to_end(arguments, environment, self._log(command), f"« manage.py {command} » failed")

    def _programs(self, binds: list[str], smtp_port: int, mailbox_port: int) -> list[Child]:
        celery = [PYTHON, "-m", "celery", "-A", "config.celery"]
        lean = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        web = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket"]
        web += ["--timeout", "60", "--graceful-timeout", "5", "--access-logfile", "-"]
        mail = [str(self.folder / "mail"), str(smtp_port), str(mailbox_port)]
        schedule = ["--schedule", str(self.folder / "schedule"), "--pidfile", "", "--loglevel", "info"]
        return [
            Child("The mailbox", [PYTHON, "-m", "deploy.local.mailbox", *mail], self._log("mailbox")),
            Child(
                "The web server",
                [PYTHON, "-m", "gunicorn", "config.wsgi:application", *web, *[f"--bind={bind}" for bind in binds]],
                self._log("web"),
            ),
            Child(
                "The worker",
                [*celery, "worker", "-P", "prefork", "-c", "1", "-n", "demo@%h", "--loglevel", "info", *lean],
                self._log("worker"),
                patience=20,
            ),
            Child("The scheduler", [*celery, "beat", *schedule], self._log("scheduler")),
        ]

    @contextmanager
    def _serving(self, signals: Signals) -> Iterator[None]:
        """Stop the programs in the reverse order of their start: the letter box outlives those who write to it."""
        try:
            yield
        finally:
            signals.stopping()
            for child in reversed(self.children):
                child.stop(hurry=signals.hurry)

    def _wait_until_healthy(self, address: Address, mailbox_port: int, servers: Servers) -> None:
        celery: Any = Celery(broker=servers.broker_url)
        checks: dict[str, Callable[[], object]] = {
            "the web server": lambda: _answers(address.port, "/healthz", address.host()),
            "the mailbox": lambda: _answers(mailbox_port, "/api/messages", "localhost"),
            "the worker": lambda: celery.control.ping([f"demo@{socket.gethostname()}"], timeout=0.5),
        }
        deadline = time.monotonic() + PATIENCE
        for name, healthy in checks.items():
            while not healthy():
                self._require_alive()
                if time.monotonic() > deadline:
                    raise Problem(f"After {PATIENCE:.0f} s {name} is not healthy; see the logs in {self.folder}/logs.")
                time.sleep(0.1)
        self._require_alive()

    def _walk(self, environment: dict[str, str]) -> None:
        self.progress.note("Walking the main job over HTTP:")
        failure = f"The main job failed at the step above; see the logs in {self.folder}/logs."
        run_to_end([PYTHON, "-m", "deploy.local.walk"], environment, self._log("walk"), failure, show=True)
        self.walked.touch()

    def _announce(self, address: Address, environment: dict[str, str]) -> None:
        arguments = [PYTHON, "manage.py", "demo_accounts"]
        accounts = run_to_end(arguments, environment, self._log("demo_accounts"), "« manage.py demo_accounts » failed")
        lines = [
            "",
            f"Beffroi is ready after {self.progress.elapsed:.0f} s.",
            "",
            f"  Portal     {address.url()}",
            f"  Console    {address.url('console')}",
            f"  E-mails    {address.mailbox_url}",
            f"  Logs       {self.folder}/logs",
            "",
            *(f"  {line}" for line in accounts.rstrip().splitlines()),
            "",
            "Ctrl-C stops it and keeps the data; make demo-reset starts over.",
        ]
        print("\n".join(lines), flush=True)

    def _watch(self, servers: Servers) -> None:
        while True:
            for _second in range(5):
                self._require_alive()
                time.sleep(1)
            if fallen := servers.fallen():
                raise Problem(f"{type(fallen).__name__} answers no more; see its log {fallen.log}.")

    def _require_alive(self) -> None:
        if dead := next((child for child in self.children if child.dead), None):
            raise Problem(dead.obituary())

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"


def secret_key(path: Path) -> str:
    """Give this machine's own key, drawn once."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    if key := path.read_text():
        return key
    path.unlink()  # a kill came between its making and its writing
    return secret_key(path)


def _answers(port: int, path: str, host: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
