"""Every page of everybody, walked by route: budgets, axe in both themes, 320 px, 200 %; none written down by hand."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.planted import Planted
from tests.e2e.tour import Visit, tour
from tests.probing import told_apart
from tests.quality.budgets import exceeded
from tests.quality.report import report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visits(chromium: Browser, planted: Planted) -> Iterator[list[Visit]]:
    """The walk, made once; where QUALITY names a file, what was measured is written there."""
    found = list(tour(chromium, planted))
    if page := os.environ.get("QUALITY"):
        Path(page).write_text(report(found), encoding="utf-8")
    yield found


def faults(visits: list[Visit], name: str) -> list[str]:
    return [f"{visit.page}: {each}" for visit in visits for each in getattr(visit, name)]


def test_every_page_answers_in_a_browser_without_an_error(visits: list[Visit]) -> None:
    told_apart(Counter(visit.page.who for visit in visits), "pages in a browser")
    assert [f"{each.page}: {each.status}" for each in visits if each.status != each.page.status] == []
    assert faults(visits, "errors") == []


def test_every_page_keeps_its_budget_in_a_browser(visits: list[Visit]) -> None:
    assert [f"{each.page}: {over}" for each in visits for over in exceeded(each.page.sort, each.cost)] == []


def test_axe_finds_nothing_on_any_page_in_either_theme(visits: list[Visit]) -> None:
    assert faults(visits, "axe") == []


def test_no_page_loses_anything_at_320_pixels_or_at_twice_the_size(visits: list[Visit]) -> None:
    assert faults(visits, "sizes") == []
