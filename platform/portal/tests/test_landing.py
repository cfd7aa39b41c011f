"""The first page of the portal."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.france import france, placed
from tenants.models import Commune
from tests.cast import Cast

On = Callable[[str], Client]


def test_the_map_draws_each_square_of_france_once() -> None:
    dots = [dot for path in france().dots for dot in path.split("M") if dot]
    assert len(dots) == len(set(dots)) > 800


def test_every_overseas_departement_has_its_box() -> None:
    assert len(france().insets) == 5
    assert all(inset.path for inset in france().insets)


def test_a_commune_overseas_is_no_dot_of_the_mainland() -> None:
    assert placed(45.0, 4.0)
    assert not placed(-21.1, 55.5)


def test_the_map_counts_the_spaces_that_the_public_can_read(cast: Cast, client_on: On) -> None:
    page = client_on(cast.portal_host).get("/").content.decode()
    assert "2 communes ont ouvert leur espace" in page
    assert "france-open" in page


def test_the_landing_page_costs_the_same_however_many_communes_are_open(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.portal_host)
    Commune.objects.filter(space__isnull=False).update(latitude=None)
    with CaptureQueriesContext(connection) as statements:
        assert browser.get("/").status_code == 200
    assert len(statements) <= 4
