"""Every page of every role keeps its budget, as far as its HTML and its statements tell: no browser is needed."""

from collections import Counter

from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import told_apart
from tests.quality.budgets import exceeded
from tests.quality.pages import pages
from tests.quality.people import everybody


def test_every_page_keeps_its_budget(cast: Cast, one_way: Neighbours) -> None:
    found = pages(everybody(cast), one_way.victims)
    told_apart(Counter(page.who for page in found), "pages weighed")
    over = [f"{page}: {each}" for page in found for each in exceeded(page.sort, page.cost)]
    assert not over
