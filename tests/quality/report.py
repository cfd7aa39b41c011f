"""docs/quality.md: what every page costs and what axe found, as the walk in Chromium saw it. No figure is a time."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tests.quality.budgets import BUDGETS, Cost

HEAD = """# Quality, page by page

Made by `make quality`, from the routes: a new module's pages are here, and tested, the day they are born. Figures are
of the tests' cast with one object of every model, so they are the same on every machine; no figure is a time.

* **Weight**: bytes of a first view as a server sends them (Brotli; fonts as they are), the page itself included,
  content pictures excluded (their bytes are shown apart). **Requests**: those of that first view. **Elements**: in the
  loaded page. **SQL**: statements of the page itself, once the site is known to the process.
* **Others**: hosts that are not ours. **axe**: violations of WCAG 2.2 A and AA and of good practice, on a phone in
  light; contrast again on a desk in dark. **Sizes**: pages that scroll sideways at 320 px or at 200 %, or cut text off
  when the text alone is twice as large.
* Budgets stand in `tests/quality/budgets.py`. `tests/quality/test_budgets.py` holds them without a browser,
  `tests/e2e/test_tour.py` in Chromium; `tests/e2e/test_keyboard.py` walks the journeys by keyboard alone.
"""


def report(visits: list[Any]) -> str:
    """The page, from what the walk saw (`tests.e2e.tour.Visit`)."""
    return "\n".join([HEAD, *_budgets(), *_public(visits), *_signed_in(visits)]) + "\n"


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
    found = [each for each in visits if each.page.sort == "public"]
    yield f"## The {len(found)} pages of somebody without an account\n"
    yield "| Site | Page | Weight | of it fonts | Requests | Elements | Others | SQL | Pictures | axe | Sizes |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for each in found:
        figures = [*_figures(each.cost), f"{each.pictures:,}", str(len(each.axe)), str(len(each.sizes))]
        yield f"| {each.page.kind} | `{_name(each.page)}` | {' | '.join(figures)} |"
    yield ""


def _signed_in(visits: list[Any]) -> Iterator[str]:
    found = sorted((each for each in visits if each.page.sort != "public"), key=lambda each: str(each.page.who))
    yield f"## The {len(found)} pages of everybody else\n"
    yield "Each page is shown to one of those who may see it; home, account and back office to everybody.\n"
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
