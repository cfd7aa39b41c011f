"""The demo while it runs: what it starts, in which order, how it is watched and stopped."""

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from deploy.demo.accounts import accounts
from deploy.local.address import Address
from deploy.local.network import web_binds
from deploy.local.problems import Problem
from deploy.local.processes import run_to_end
from deploy.local.progress import Progress
from deploy.local.servers import local_servers
from deploy.local.signals import Signals
from deploy.local.site import Site


@dataclass
class Demo:
    """`folder` holds its data, but for the servers'; `once` stops after the walk."""

    folder: Path
    domain: str
    port: int
    once: bool
    recovering: bool = False
    progress: Progress = field(default_factory=Progress)

    @property
    def walked(self) -> Path:
        return self.folder / "walked"

    def run(self, signals: Signals) -> int:
        self._require_port()
        with ExitStack() as leaving:
            said = leaving.enter_context(ExitStack())
            with self.progress.step("Starting the database and the broker"):
                servers = leaving.enter_context(local_servers("demo"))
            said.callback(self.progress.note, "Stopped; the data is kept.")
            site = Site(self.folder, Address(self.domain, self.port), servers)
            site.set_up(self.progress.started)
            with self.progress.step("Starting mailbox, payments, web, worker and scheduler"):
                leaving.enter_context(site.serving(signals))
                site.wait_until_healthy()
            if self.once or not self.walked.exists():
                self._walk(site)
            if not self.once:
                self._announce(site)
                self._watch(site)
        return 0

    def _require_port(self) -> None:
        """Refuse a busy port, before the long set-up. When the last demo was killed its web server may be ending still:
        wait a moment for it."""
        deadline = time.monotonic() + (10 if self.recovering else 0)
        while True:
            try:
                web_binds(self.port)
                return
            except Problem:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(0.3)

    def _walk(self, site: Site) -> None:
        self.progress.note("Walking the main job over HTTP:")
        failure = f"The main job failed at the step above; see the logs in {self.folder}/logs."
        command = [sys.executable, "-m", "deploy.local.walk"]
        run_to_end(command, site.environment, site.log("walk"), failure)
        self.walked.touch()

    def _announce(self, site: Site) -> None:
        lines = [
            "",
            f"Beffroi is ready after {self.progress.elapsed:.0f} s.",
            "",
            f"  Portal     {site.address.url()}",
            f"  Console    {site.address.url('console')}",
            f"  E-mails    {site.address.mailbox_url}",
            f"  Payments   {site.address.stripe_url}",
            f"  Logs       {self.folder}/logs",
            "",
            "Sign in with one of these addresses; the code comes to E-mails:",
            "",
            *(f"  {line}" for line in accounts(site.address.url)),
            "",
            "Ctrl-C stops it and keeps the data; make demo-reset starts over.",
        ]
        print("\n".join(lines), flush=True)

    def _watch(self, site: Site) -> None:
        while True:
            for _second in range(5):
                site.require_alive()
                time.sleep(1)
            if fallen := site.servers.fallen():
                raise Problem(f"{type(fallen).__name__} answers no more; see its log {fallen.log}.")
