"""docs/quality.md: what every page costs and what axe found, as the walk in Chromium saw it. No figure is a time."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tests.quality.budgets import BUDGETS, Cost
from tests.quality.pages import Page

HEAD = """# Quality, page by page

Made by `make quality`, from the routes: a new module's pages are here, and tested, the day they are born. Figures are
of the tests' cast with one object of every model, so they are the same on every machine; no figure is a time.

* **Weight**: bytes of a first view as a server sends them (Brotli; fonts as they are), the page itself included,
  content pictures excluded (their bytes are shown apart). **Requests**: those of that first view. **Elements**: in the
  loaded page. **SQL**: statements of the page itself, once the site is known to the process.
* **Others**: hosts that are not ours. **axe**: violations of WCAG 2.2 A and AA and of good practice, on a phone in
  light; contrast again on a desk in dark. **Sizes**: pages that scroll sideways at 320 px or at 200 %, or cut text off
  when the text alone is twice as large.
* Budgets stand in `tests/quality/budgets.py`. `tests/quality/test_budgets.py` holds every page to them without a
  browser; `tests/e2e/test_tour_*.py` look in Chromium at one page, the largest, of those that are drawn from the same
  templates. This page is written only when all of it holds.
* `tests/quality/test_seen.py` and `tests/e2e/test_seen.py` plant a fault before each proof.
  `tests/e2e/test_keyboard.py` and `tests/e2e/test_without_scripts.py` walk the journeys.
"""


def report(pages: list[Page], visits: list[Any]) -> str:
    """The page, from what was asked for and what the walk in Chromium saw (`tests.e2e.tour.Visit`)."""
    return "\n".join([HEAD, *_covered(pages, visits), *_budgets(), *_public(visits), *_signed_in(visits)]) + "\n"


def _covered(pages: list[Page], visits: list[Any]) -> Iterator[str]:
    yield "## What was covered\n"
    asked, looked = Counter(page.who for page in pages), Counter(visit.page.who for visit in visits)
    yield f"{len(pages)} pages of {len(asked)} sorts of people, {len(visits)} of them in Chromium.\n"
    yield "| Who | Pages | In Chromium |"
    yield "|---|---:|---:|"
    yield from (f"| {who} | {asked[who]} | {looked[who]} |" for who in sorted(asked))
    yield ""


def _budgets() -> Iterator[str]:
    yield "## Budgets\n"
    yield "| Pages | Weight | of it fonts | Requests | Elements | Others | SQL |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for sort, budget in BUDGETS.items():
        yield f"| {sort} | {' | '.join(_figures(budget))} |"
    yield ""


def _figures(cost: Cost) -> list[str]:
    return ["–" if value is None else f"{value:,}" for value in (getattr(cost, name) for name in Cost.__slots__)]


def _public(visits: list[Any]) -> Iterator[str]:
    found = [each for each in visits if each.page.is_public]
    yield f"## The {len(found)} pages of somebody without an account, in Chromium\n"
    yield "| Site | Page | Weight | of it fonts | Requests | Elements | Others | SQL | Pictures | axe | Sizes |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for each in found:
        figures = [*_figures(each.cost), f"{each.pictures:,}", str(len(each.axe)), str(len(each.sizes))]
        yield f"| {each.page.kind} | `{_name(each.page)}` | {' | '.join(figures)} |"
    yield ""


def _signed_in(visits: list[Any]) -> Iterator[str]:
    found = sorted((each for each in visits if not each.page.is_public), key=lambda each: str(each.page.who))
    yield f"## The {len(found)} pages of everybody else, in Chromium\n"
    yield "Each page is shown to one of those who may see it; what is drawn otherwise for others, to them too.\n"
    yield "| Who | Pages | Most elements | Most SQL | Others | axe | Sizes |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for who, group in groupby(found, key=lambda each: str(each.page.who)):
        theirs = list(group)
        most = [max(theirs, key=lambda each: getattr(each.cost, name)) for name in ("nodes", "statements")]
        nodes = f"{most[0].cost.nodes:,} `{_name(most[0].page)}`"
        statements = f"{most[1].cost.statements} `{_name(most[1].page)}`"
        sums = [sum(each.cost.third_parties for each in theirs)]
        sums += [sum(len(getattr(each, name)) for each in theirs) for name in ("axe", "sizes")]
        yield f"| {who} | {len(theirs)} | {nodes} | {statements} | {' | '.join(map(str, sums))} |"


def _name(page: Any) -> str:
    return str(page.name)
