"""A real Beffroi for browser tests: web, worker, scheduler and mailbox on the tests' own servers, and Chromium.

`site` is where it answers; `window` opens a browser of its own, with nobody signed in. Nothing is shared with a demo
that runs in the same clone: another database, another broker, other ports, another folder.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from deploy.local.address import Address
from deploy.local.network import free_port
from deploy.local.servers import Servers
from deploy.local.site import Site
from tests.chromium import found
from tests.e2e.apart import servers_apart
from tests.e2e.planted import Planted, planted_site
from tests.e2e.screens import DESK as DESK
from tests.e2e.screens import FLAGS
from tests.e2e.screens import PHONE as PHONE
from tests.e2e.tour import Visit, tour
from tests.quality.pages import drawn_apart
from tests.stores import NotNumbered

PLACE = "sainte-colombe-05"
PATIENCE = 15_000  # milliseconds: the machine may be busy, and every wait ends with its condition

Window = Callable[..., Page]
At = Callable[..., Page]


def _servers(name: str = "browser", use: int = 2) -> Servers:
    try:
        return servers_apart(name, use)
    except NotNumbered:
        pytest.skip("not run: browser tests need a broker and a cache that are a Redis or a Valkey")


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Where a demo answers that has one commune open; it lives as long as these tests."""
    folder: Path = tmp_path_factory.mktemp("site")
    running = Site(folder, Address(port=free_port(0)), _servers(), mail_ports=(0, 0))
    running.set_up(time.monotonic(), PLACE)
    with running.serving(hurry=True):
        running.wait_until_healthy()
        yield running.address


@pytest.fixture(scope="package")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Where the tests' cast answers, with one object of every model and a browser's cookies for everybody."""
    folder: Path = tmp_path_factory.mktemp("planted")
    with planted_site(folder, Address(port=free_port(0)), _servers("planted", use=0)) as site:
        yield site


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    # Stopped with the package: while it runs, its loop makes Django refuse the database in this thread.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def visits(request: pytest.FixtureRequest, chromium: Browser, planted: Planted) -> list[Visit]:
    """The walk over the pages of the module's VIEWERS, made once."""
    found = [page for page in drawn_apart(planted.pages) if page.viewers == request.module.VIEWERS]
    assert found
    return list(tour(chromium, planted, found))


@pytest.fixture
def window(chromium: Browser, site: Address) -> Iterator[Window]:
    """Open a browser: `window(PHONE, java_script=False)`. At the end, none may have met an error or a third party."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(size: tuple[int, int] = DESK, *, java_script: bool = True, **more: Any) -> Page:
        width, height = size
        viewport: Any = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, java_script_enabled=java_script, locale="fr-FR", **more)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("request", lambda request: faults.extend(_third_party(request.url, site)))
        context.on("console", lambda said: faults.extend(complaint(said)))
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()
    assert not faults


@pytest.fixture
def at(chromium: Browser, planted: Planted) -> Iterator[At]:
    """A page of the cast's commune, before somebody who is signed in there: `at("administrator", "/mairie/")`."""
    opened: list[BrowserContext] = []

    def go(who: str, path: str, *, java_script: bool = True) -> Page:
        screen: Any = {"width": DESK[0], "height": DESK[1]}
        context = chromium.new_context(viewport=screen, locale="fr-FR", java_script_enabled=java_script)
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        seen = next(page for page in planted.pages if page.kind == "space" and page.who == who)
        context.add_cookies(planted.cookies_of(seen))
        page = context.new_page()
        page.goto(planted.address.url("aubin", path))
        return page

    yield go
    for context in opened:
        context.close()


def complaint(said: ConsoleMessage) -> list[str]:
    """An error in the console, unless it only says that the page itself is not there, which a test reads, that a
    content picture could not be fetched while the test had cut the network: those are not kept offline, or that an
    answer is no longer waited for since a newer one is: htmx says so in these two words, and a failure in others."""
    address = said.location["url"]
    document = said.page is not None and address == said.page.url
    cut = "ERR_INTERNET_DISCONNECTED" in said.text and urlsplit(address).path.startswith("/media/")
    renounced = said.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
    is_fault = said.type == "error" and not document and not cut and not renounced
    return [f"{address}: {said.text}"] if is_fault else []


def _third_party(url: str, site: Address) -> list[str]:
    """Give a request that leaves for somebody else's machine."""
    host = urlsplit(url).hostname or ""
    ours = host == "localhost" or host == site.domain or host.endswith(f".{site.domain}")
    return [] if ours or url.startswith(("data:", "blob:", "about:")) else [f"{url} is a third party's"]
