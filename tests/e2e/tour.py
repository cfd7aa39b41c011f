"""A walk over every page of everybody in Chromium: each page is loaded once, and everything is looked at there."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Request
from playwright.sync_api import Page as Tab

from tests.e2e.planted import Planted
from tests.e2e.screens import DESK, NARROW, PHONE
from tests.quality.budgets import Cost
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
  if (each.closest(".sr, .leaflet-container, svg, script, style, template")) return false;
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


def tour(chromium: Browser, planted: Planted) -> Iterator[Visit]:
    """Everybody's pages, each person in a browser of their own, each public page in a fresh one: a first view."""
    contexts: dict[str, BrowserContext] = {}
    for page in planted.pages:
        key = f"{page.kind} {page.who}"
        public = page.sort == "public"
        if public or key not in contexts:
            context = chromium.new_context(
                viewport=_size(PHONE), reduced_motion="reduce", locale="fr-FR", service_workers="block"
            )
            context.add_cookies(planted.cookies_of(page))
            contexts[key] = context
        yield _visit(contexts[key], planted, page)
        if public:
            contexts.pop(key).close()
    for context in contexts.values():
        context.close()


def _visit(context: BrowserContext, planted: Planted, page: Page) -> Visit:
    tab = context.new_page()
    asked: list[Request] = []
    errors: list[str] = []
    tab.on("request", lambda request: asked.append(request))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    response = tab.goto(planted.url(page), wait_until="networkidle" if page.sort == "public" else "load")
    assert response is not None
    nodes = tab.evaluate("document.querySelectorAll('*').length")
    cost, pictures = _cost(asked, planted, nodes, whole=page.sort == "public")
    missing = [each for each in errors if response.ok or "Failed to load resource" not in each]
    visit = Visit(page, response.status, replace(cost, statements=page.cost.statements), pictures, errors=missing)
    visit.axe = list(_axe(tab))
    visit.sizes = list(_sizes(tab))
    tab.close()
    return visit


def _cost(asked: list[Request], planted: Planted, nodes: int, *, whole: bool) -> tuple[Cost, int]:
    """What the requests of a first view weigh: texts as a server packs them, content pictures apart."""
    weight = fonts = pictures = 0
    thirds = {host for each in asked if (host := _foreign(each.url, planted.address.domain))}
    ours = [each for each in asked if not each.url.startswith(("data:", "blob:"))]
    for request in ours if whole else []:
        answer = request.response()
        content = answer.body() if answer and answer.ok else b""
        path = urlsplit(request.url).path
        if path.startswith("/media/"):
            pictures += len(content)
            continue
        text = request.resource_type == "document" or PurePosixPath(path).suffix in TEXT
        weight += packed(content) if text else len(content)
        fonts += len(content) if path.endswith(".woff2") else 0
    if not whole:
        return Cost(nodes=nodes, third_parties=len(thirds)), 0
    return Cost(weight, fonts, len(ours), nodes, len(thirds)), pictures


def _foreign(url: str, domain: str) -> str:
    host = urlsplit(url).hostname or ""
    return "" if not host or host == domain or host.endswith(f".{domain}") else host


def _axe(tab: Tab) -> Iterator[str]:
    """Every rule on a phone in light, contrast again on a desk in dark."""
    tab.evaluate(AXE)
    for size, scheme, rules in ((PHONE, "light", EVERYTHING), (DESK, "dark", COLOURS)):
        _shown(tab, size, scheme)
        for rule, targets in tab.evaluate(RUN_AXE, rules):
            yield f"{scheme} {size[0]}: {rule} {targets}"


def _sizes(tab: Tab) -> Iterator[str]:
    """Nothing scrolls sideways at 320 px or at 200 %, and nothing is cut off when the text alone is twice as large."""
    for name, size, before in (
        ("320 px", NARROW, ""),
        ("200 %", ZOOMED, ""),
        ("text at 200 %", DESK, LARGE_TEXT),
    ):
        _shown(tab, size, "light")
        if before:
            tab.evaluate(before)
        wide, cut = tab.evaluate(ALIVE)
        if wide > size[0]:
            yield f"{name}: {wide} px wide"
        if cut:
            yield f"{name}: cut off: {cut[:4]}"


def _shown(tab: Tab, size: tuple[int, int], scheme: Any) -> None:
    tab.set_viewport_size(_size(size))
    tab.emulate_media(color_scheme=scheme)


def _size(size: tuple[int, int]) -> Any:
    return {"width": size[0], "height": size[1]}
