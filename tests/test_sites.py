"""What it costs to know which site answers: two statements a request, none for a name that is known as nobody's."""

from collections.abc import Callable

import pytest
from django.test import Client

from tenants.models import Space
from tenants.sites import sites
from tests.cast import Cast
from tests.probing import Statement, statements

On = Callable[[str], Client]
OWN_NOTHING = "/theme.css"  # a page that asks the database for nothing


def _sent(browser: Client, path: str = OWN_NOTHING) -> list[Statement]:
    with statements() as made:
        browser.get(path)
    return made


def test_a_request_sends_its_path_and_one_question_before_its_own(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    _sent(browser)
    path, version = _sent(browser)
    assert path.sql == f'SET search_path = "{cast.aubin.schema_name}","public"'
    assert "version" in version.sql


def test_a_first_request_reads_its_site_in_two_statements(cast: Cast, client_on: On) -> None:
    made = [each for each in _sent(client_on(cast.aubin.host)) if not each.sql.startswith("SET")]
    assert len(made) == 2


def test_an_unknown_name_costs_one_question_and_then_none(cast: Cast, client_on: On) -> None:
    browser = client_on("nobody.beffroi.test")
    assert [each.sql.startswith("SET") for each in _sent(browser)] == [True, False]
    assert _sent(browser) == []


def test_the_portal_and_names_that_cannot_be_communes_cost_nothing(cast: Cast, client_on: On) -> None:
    for host in (cast.portal_host, "a.aubin.beffroi.test", f"{'a' * 64}.beffroi.test"):
        assert _sent(client_on(host), "/robots.txt") == []


def test_a_name_that_a_mairie_chose_leads_to_its_commune(cast: Cast) -> None:
    Space.objects.filter(schema_name=cast.aubin.schema_name).update(custom_name="bourg")
    found = sites.find("bourg.beffroi.test")
    assert found is not None and found.space is not None
    assert (found.space.schema_name, found.moved_to) == (cast.aubin.schema_name, "")
    own = sites.find(cast.aubin.host)
    assert own is not None
    assert own.moved_to == "bourg.beffroi.test"


def test_a_communes_own_name_comes_before_one_that_another_chose(cast: Cast) -> None:
    Space.objects.filter(schema_name=cast.aubin.schema_name).update(custom_name="belleville")
    found = sites.find(cast.belleville.host)
    assert found is not None and found.space is not None
    assert found.space.schema_name == cast.belleville.schema_name


def test_the_memory_of_sites_is_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.sites.KEPT", 10)
    for number in range(30):
        sites.find(f"nobody{number}.beffroi.test")
    assert len(sites._sites) == 10
