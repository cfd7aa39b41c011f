"""Which pages there are: every GET route of every kind of site that answers HTML for the factories' samples.

Each page is given to somebody who may see it: to anyone where anyone may, else to each role in turn, so that all
together they see every page once; what greets everybody after sign-in is seen by everybody.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from django.contrib.staticfiles import finders

from core.accounts.access import Who, admits
from core.catalogue import STAFF_ROLES
from tests.planting import Plot
from tests.probing import WORD, ask, copied, statements, undone
from tests.quality.budgets import Cost
from tests.quality.people import ANYONE, NEWCOMER, Visitor
from tests.walks import KINDS, Route, routes

# What differs by who looks is seen by several.
EVERY_ROLE = {"space:office", "space:menu"}
SEEN_BY = {
    "space:home": (ANYONE, "resident-n1", "administrator"),
    "space:account": ("resident-n0", "resident-n1", "resident-n2", "resident-n3", "administrator"),
}
# What no route alone shows: answers to a search, and an address that is nobody's.
NOWHERE = "/nulle-part/"
OFFICE, STRANGER_TO_STAFF = "/mairie/", "resident-n1"
ALSO = {
    "space": [f"/recherche/?q={WORD}", "/recherche/?q=zzzz", NOWHERE],
    "portal": ["/communes/?q=saint", "/communes/?q=zzzz", NOWHERE],
    "unopened": [NOWHERE],
    "console": [NOWHERE],
}
TEXT = {".css", ".js", ".svg", ".webmanifest"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page, who looks at it, and what it cost; `name` is its route's, or its address where no route names it, and
    `templates` are all those that it is drawn from."""

    kind: str
    name: str
    host: str
    path: str
    who: str
    status: int
    cost: Cost
    templates: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.who in {ANYONE, NEWCOMER}

    @property
    def sort(self) -> str:
        if self.is_public:
            return "search" if self.path.startswith("/recherche/?") else "public"
        kept_apart = {"security:data": "one’s own data", "space:office": "to do"}
        accounts = dict.fromkeys(("console:subscription", "console:mandate"), "account")
        return {**kept_apart, **accounts}.get(self.name, "signed in")

    @property
    def viewers(self) -> str:
        if self.is_public:
            return "public"
        return "staff" if self.who in set(STAFF_ROLES) else "residents"  # and the operator

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.path}), {self.who}"


def pages(everybody: list[Visitor], plot: Plot) -> list[Page]:
    """Walk all kinds of sites. A page that nobody can see is not one: it answers with a file, or sends elsewhere."""
    found = []
    for kind in KINDS:
        here = [each for each in everybody if each.kind == kind]
        turns: Counter[str] = Counter()
        for route in _html(kind):
            for visitor in _viewers(route, here, turns):
                if page := _seen(visitor, route.name, plot.url(route), route):
                    turns[visitor.who] += 1
                    found.append(page)
                    if route.name not in {*EVERY_ROLE, *SEEN_BY}:
                        break
        found += [page for path in ALSO[kind] if (page := _seen(here[0], path, path))]
        found += [page for each in here if each.who == STRANGER_TO_STAFF and (page := _seen(each, OFFICE, OFFICE))]
    return found


def drawn_apart(found: list[Page]) -> list[Page]:
    """One page, the largest, of those that are drawn from the same templates for the same sort of people."""
    largest: dict[object, Page] = {}
    for page in sorted(found, key=lambda each: -(each.cost.nodes or 0)):
        largest.setdefault((page.sort, page.status, page.templates), page)
    return [page for page in found if page in largest.values()]


def _html(kind: str) -> list[Route]:
    """Routes of pages, each address once."""
    met: dict[str, Route] = {}
    for route in routes(kind):
        if route.surface != "api":
            met.setdefault(route.path, route)
    return list(met.values())


def _viewers(route: Route, here: list[Visitor], turns: Counter[str]) -> list[Visitor]:
    """Who may look, whoever saw least first: a page may answer one of them and not another."""
    access = route.access
    assert access is not None
    if (named := SEEN_BY.get(route.name)) and route.kind == "space":
        return [each for each in here if each.who in named]
    if access.who is Who.ANYONE:
        return [each for each in here if each.user is None]
    may = [each for each in here if each.user and admits(access, each.user)]
    return sorted(may, key=lambda each: turns[each.who])


def _seen(visitor: Visitor, name: str, path: str, route: Route | None = None) -> Page | None:
    """The page as the visitor gets it, once everything that a process remembers is warm."""
    browser = visitor.browser
    with undone():
        response = _get(browser, path, route)
        if not _is_page(response) or response.status_code not in ({200} if route else {200, 403, 404}):
            return None
        with statements() as made:
            response = _get(browser, path, route)
    weight, fonts, nodes, thirds = weighed(browser, response)
    cost = Cost(weight=weight, fonts=fonts, nodes=nodes, third_parties=thirds, statements=len(made))
    templates = tuple(sorted({str(each.name) for each in response.templates if each.name}))
    assert templates, "templates are not told: setup_test_environment() was not called"
    return Page(visitor.kind, name, visitor.host, path, visitor.who, response.status_code, cost, templates)


def _get(browser: Any, path: str, route: Route | None) -> Any:
    return ask(browser, "get", route, path) if route else copied(browser).get(path)


def _is_page(response: Any) -> bool:
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and response.content.lstrip()[:9].lower() == b"<!doctype"


class Elements(HTMLParser):
    """Counts elements, and keeps what the page loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.loaded: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        found = dict(attrs)
        if tag == "link" and set(str(found.get("rel", "")).split()) & {"stylesheet", "icon", "manifest", "preload"}:
            self.loaded[str(found["href"])] = None
        if tag in {"script", "img", "iframe"} and found.get("src"):
            self.loaded[str(found["src"])] = None


def weighed(browser: Any, response: Any) -> tuple[int, int, int, int]:
    """Bytes of the first view, bytes of its fonts, elements, addresses elsewhere, as the HTML alone tells them."""
    elements = Elements()
    elements.feed(response.content.decode())
    total, fonts, thirds = packed(response.content), 0, 0
    for address in elements.loaded:
        parts = urlsplit(address)
        if parts.netloc:
            thirds += 1
            continue
        if re.match(r"/media/|data:", address):
            continue
        content = _content(browser, parts.path)
        if parts.path.endswith(".woff2"):
            fonts += len(content)
        total += packed(content) if Path(parts.path).suffix in TEXT else len(content)
    return total, fonts, elements.count, thirds


def _content(browser: Any, path: str) -> bytes:
    if path.startswith("/static/"):
        return Path(str(finders.find(path.removeprefix("/static/")))).read_bytes()
    content: bytes = copied(browser).get(path).content
    return content


def packed(content: bytes) -> int:
    """What a server sends of a text."""
    return len(brotli.compress(content, quality=5))


def written(found: list[Page]) -> Iterator[str]:
    """One JSON object a line."""
    for page in found:
        cost = {name: getattr(page.cost, name) for name in Cost.__slots__}
        yield json.dumps({name: getattr(page, name) for name in Page.__slots__} | {"cost": cost})


def read(text: str) -> list[Page]:
    return [
        Page(**told | {"cost": Cost(**told["cost"]), "templates": tuple(told["templates"])})
        for told in map(json.loads, text.splitlines())
    ]
