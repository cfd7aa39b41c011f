"""A server on the tests' cast with one object of every model, for browsers that walk every page of everybody."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.address import Address
from deploy.local.processes import Child
from deploy.local.servers import Servers
from deploy.local.site import PATIENCE, Site
from deploy.local.visitor import Unexpected, Visitor
from tests.quality.pages import Page, read


class WebOnly(Site):
    """Nobody reads mail here, and no job is waited for."""

    def _programs(self, binds: Sequence[str]) -> list[Child]:
        return [each for each in super()._programs(binds) if each.name == "The web server"]

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            self.require_alive()
            try:
                Visitor(self.address).expect(self.address.url(path="/healthz"))
                return
            except (OSError, Unexpected):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


@dataclass(frozen=True)
class Planted:
    """Where it answers, its pages, and the cookies of everybody by kind of site and name."""

    address: Address
    pages: list[Page]
    cookies: dict[str, dict[str, str]]

    def url(self, page: Page) -> str:
        return self.address.url(page.host.removesuffix(self.address.domain).rstrip("."), page.path)

    def cookies_of(self, page: Page) -> list[Any]:
        """As a browser keeps them: over http they have their plain names."""
        held = self.cookies[f"{page.kind} {page.who}"]
        return [
            {"name": name.removeprefix("__Host-"), "value": value, "domain": page.host, "path": "/"}
            for name, value in held.items()
        ]


@contextmanager
def planted_site(folder: Path, address: Address, servers: Servers) -> Iterator[Planted]:
    site = WebOnly(folder, address, servers, mail_ports=(0, 0))
    database = servers.database_url.rsplit("/", 1)[1]
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings.tests"}
    command = [sys.executable, "-m", "tests.quality.planted", database, str(folder / "pages")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
    cookies, _newline, lines = (folder / "pages").read_text(encoding="utf-8").partition("\n")
    with site.serving(hurry=True):
        site.wait_until_healthy()
        yield Planted(site.address, read(lines), json.loads(cookies))
