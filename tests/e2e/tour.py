"""A walk over pages in Chromium: each is loaded once, before whoever sees it, and everything is looked at there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request
from playwright.sync_api import Page as Tab

from tests.e2e.planted import Planted
from tests.e2e.screens import DESK, NARROW, PHONE
from tests.quality.budgets import Cost, exceeded
from tests.quality.pages import TEXT, Page, packed

EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AXE = Axe().axe_script
# Only what is wrong comes back: what passes is a hundred times as long.
RUN_AXE = """async rules => (await axe.run(document, {...rules, resultTypes: ["violations"]})).violations.map(
  each => [each.id, each.nodes.slice(0, 3).map(node => node.target.join(" "))])"""
ZOOMED = (640, 450)  # what is left of the desk's screen at 200 %
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
ALIVE = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("body *")].filter(each => {
  if (each.closest(".sr, .leaflet-container, svg, script, style, template, [inert]")) return false;
  if (!each.checkVisibility() || !each.innerText) return false;
  const style = getComputedStyle(each);
  const hides = value => value === "hidden" || value === "clip";
  return (hides(style.overflowX) && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
    || (hides(style.overflowY) && each.scrollHeight > each.clientHeight + 1 && each.clientHeight > 1);
}).map(each => each.tagName.toLowerCase() + "." + each.className)]"""


@dataclass
class Visit:
    """What was seen of a page; every list is of faults."""

    page: Page
    status: int
    cost: Cost
    pictures: int = 0
    axe: list[str] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def faults(self) -> Iterator[str]:
        if self.status != self.page.status:
            yield f"{self.page}: {self.status} in a browser, {self.page.status} without"
        for told in (self.errors, exceeded(self.page.sort, self.cost), self.axe, self.sizes):
            yield from (f"{self.page}: {each}" for each in told)


def tour(chromium: Browser, planted: Planted, pages: list[Page]) -> Iterator[Visit]:
    """Each person's pages in a browser of their own; each public one in a fresh browser: a first view."""
    for _person, theirs in groupby(sorted(pages, key=_browser), key=_browser):
        seen = list(theirs)
        with browsing(chromium, planted.cookies_of(seen[0])) as tab:
            for page in seen:
                yield visited(tab, planted, page)


def _browser(page: Page) -> tuple[str, ...]:
    return (page.kind, page.who, *([page.path] if page.is_public else []))


@contextmanager
def browsing(chromium: Browser, cookies: list[Any]) -> Iterator[Tab]:
    context = chromium.new_context(
        viewport=_size(PHONE), reduced_motion="reduce", locale="fr-FR", service_workers="block"
    )
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()


def visited(tab: Tab, planted: Planted, page: Page) -> Visit:
    asked: list[Request] = []
    errors: list[str] = []
    hearing: dict[Any, Callable[[Any], None]] = {
        "request": lambda request: asked.append(request),
        "pageerror": lambda error: errors.append(str(error)),
        "console": lambda said: errors.append(said.text) if said.type == "error" else None,
    }
    _shown(tab, PHONE, "light")
    for event, hear in hearing.items():
        tab.on(event, hear)
    response = tab.goto(planted.url(page), wait_until="load")
    assert response is not None
    nodes = tab.evaluate("document.fonts.ready.then(() => document.querySelectorAll('*').length)")
    cost, pictures = spent(asked, planted.address.domain, nodes, whole=page.is_public)
    missing = [each for each in errors if response.ok or "Failed to load resource" not in each]
    visit = Visit(page, response.status, replace(cost, statements=page.cost.statements), pictures, errors=missing)
    for each in looked_at(tab):
        (visit.axe if each.sort == "axe" else visit.sizes).append(each.told)
    for event, hear in hearing.items():
        tab.remove_listener(event, hear)
    return visit


def spent(asked: list[Request], domain: str, nodes: int, *, whole: bool) -> tuple[Cost, int]:
    """What the requests of a first view weigh: texts as a server packs them, content pictures apart."""
    weight = fonts = pictures = 0
    thirds = {host for each in asked if (host := _foreign(each.url, domain))}
    ours = [each for each in asked if not each.url.startswith(("data:", "blob:"))]
    for request in ours if whole else []:
        answer = request.response()
        content = answer.body() if answer and answer.ok else b""
        path = urlsplit(request.url).path
        if path.startswith("/media/"):
            pictures += len(content)
            continue
        text = request.resource_type == "document" or PurePosixPath(path).suffix in TEXT
        weight += _packed(content) if text else len(content)
        fonts += len(content) if path.endswith(".woff2") else 0
    if not whole:
        return Cost(nodes=nodes, third_parties=len(thirds)), 0
    return Cost(weight, fonts, len(ours), nodes, len(thirds)), pictures


@cache
def _packed(content: bytes) -> int:
    return packed(content)


def _foreign(url: str, domain: str) -> str:
    host = urlsplit(url).hostname or ""
    return "" if not host or host == domain or host.endswith(f".{domain}") else host


class Fault(NamedTuple):
    sort: str
    told: str


def looked_at(tab: Tab) -> Iterator[Fault]:
    """What is wrong with the page in front of a tab, screen after screen.

    Every rule of axe on a phone in light, contrast again on a desk in dark. Nothing scrolls sideways at 320 px or at
    200 %, and nothing is cut off there nor where the text alone is twice as large.
    """
    tab.evaluate(AXE)
    _shown(tab, PHONE, "light")
    yield from _axe(tab, "light 390", EVERYTHING)
    for name, size in (("320 px", NARROW), ("200 %", ZOOMED)):
        _shown(tab, size)
        yield from _sizes(tab, name, size)
    _shown(tab, DESK, "dark")
    yield from _axe(tab, "dark 1280", COLOURS)
    tab.evaluate(LARGE_TEXT)
    yield from _sizes(tab, "text at 200 %", DESK)


def _axe(tab: Tab, screen: str, rules: Any) -> Iterator[Fault]:
    for rule, targets in tab.evaluate(RUN_AXE, rules):
        yield Fault("axe", f"{screen}: {rule} {targets}")


def _sizes(tab: Tab, name: str, size: tuple[int, int]) -> Iterator[Fault]:
    wide, cut = tab.evaluate(ALIVE)
    if wide > size[0]:
        yield Fault("sizes", f"{name}: {wide} px wide")
    if cut:
        yield Fault("sizes", f"{name}: cut off: {cut[:4]}")


def _shown(tab: Tab, size: tuple[int, int], scheme: Any = None) -> None:
    tab.set_viewport_size(_size(size))
    if scheme:
        tab.emulate_media(color_scheme=scheme)


def _size(size: tuple[int, int]) -> Any:
    return {"width": size[0], "height": size[1]}
