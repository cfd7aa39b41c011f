"""The budgets see what is over them, and the weights what a page loads; no browser is needed."""

from dataclasses import fields, replace

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.quality.budgets import BUDGETS, Cost, exceeded
from tests.quality.pages import packed, weighed

PAGE = '<!doctype html><html><head><link rel="stylesheet" href="{}"></head><body><img src="{}"></body></html>'
OURS, THEIRS = "/static/web/css/base.css", "https://ailleurs.example/style.css"


@pytest.mark.parametrize("sort", BUDGETS)
@pytest.mark.parametrize("name", [each.name for each in fields(Cost)])
def test_one_more_than_a_budget_is_told(sort: str, name: str) -> None:
    most = getattr(BUDGETS[sort], name)
    assert list(exceeded(sort, BUDGETS[sort])) == []
    assert list(exceeded(sort, replace(BUDGETS[sort], **{name: most + 1}))) == [f"{name}: {most + 1}, at most {most}"]


def test_what_a_page_loads_is_weighed_and_what_is_elsewhere_counted() -> None:
    response = HttpResponse(PAGE.format(OURS, "//ailleurs.example/image.png"))
    weight, fonts, nodes, thirds = weighed(Client(), response)
    assert weight > packed(response.content) + 1_000
    assert (fonts, nodes, thirds) == (0, 5, 1)
    assert weighed(Client(), HttpResponse(PAGE.format(THEIRS, THEIRS + "?2")))[3] == 2
