"""Pages for somebody without an account, walked by route: budgets, axe in both themes, 320 px, 200 %."""

from collections import Counter

import pytest

from tests.e2e.tour import Visit
from tests.probing import told_apart

pytestmark = pytest.mark.browser

VIEWERS = "public"


def test_pages_for_anyone_keep_their_budgets_and_are_for_everybody(visits: list[Visit]) -> None:
    told_apart(Counter(visit.page.who for visit in visits), "pages in a browser")
    assert [each for visit in visits for each in visit.faults()] == []
