"""Finding one's commune on the portal."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast

On = Callable[[str], Client]


@pytest.mark.parametrize("typed", ["", "z" * 500, "\0", "<script>alert(1)</script>", "'; drop table", "%_%", "🌲"])
def test_nothing_that_is_typed_breaks_the_search_or_comes_back_as_markup(cast: Cast, client_on: On, typed: str) -> None:
    browser = client_on(cast.portal_host)
    for path in ("/communes/", "/communes/suggestions/"):
        response = browser.get(path, {"q": typed})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_every_suggestion_can_be_seen_and_claimed(cast: Cast, client_on: On) -> None:
    page = client_on(cast.portal_host).get("/communes/suggestions/", {"q": "aub"}).content.decode()
    assert f'href="https://{cast.aubin.host}/"' in page
    assert f'href="/ouvrir/{cast.aubin.insee}/"' in page
    assert "Vouliez-vous dire" not in page


def test_a_mistyped_name_is_answered_by_what_resembles_it(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.portal_host)
    for path in ("/communes/", "/communes/suggestions/"):
        page = browser.get(path, {"q": "bellevile"}).content.decode()
        assert "Vouliez-vous dire" in page
        assert cast.belleville.host in page


def test_the_page_of_answers_works_without_a_script(cast: Cast, client_on: On) -> None:
    page = client_on(cast.portal_host).get("/").content.decode()
    assert 'action="/communes/"' in page
    assert 'method="get"' in page
