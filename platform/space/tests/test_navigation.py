"""The bars of a space: all entries when they fit, else « Plus » and a page of every one."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import set_urlconf

from core.catalogue import Group
from space.navigation import HEAD, TABS, Link, links_of, public_head, public_tabs
from space.specimens import COUNTS, MANIFESTS


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """Those of a commune's space."""
    set_urlconf(settings.SITE_URLCONFS["space"])
    yield
    set_urlconf(None)


def link(label: str, *, raised: bool = False, group: Group = Group.PUBLISH, current: bool = False) -> Link:
    return Link(label, f"/{label}/", "news", label, raised, current, group)


def labels(links: list[Link]) -> list[str]:
    return [each.label for each in links]


def test_a_phones_bar_of_two_modules_holds_three_entries() -> None:
    assert labels(public_tabs([link("home"), link("a"), link("town", group=Group.COMMUNE)])) == ["home", "a", "town"]


def test_a_phones_bar_of_five_entries_holds_them_all_with_the_raised_one_in_the_middle() -> None:
    links = [link("home"), link("a"), link("b"), link("signal", raised=True), link("town", group=Group.COMMUNE)]
    assert labels(public_tabs(links)) == ["home", "a", "signal", "b", "town"]


def test_a_phones_bar_of_more_holds_four_and_plus() -> None:
    links = [link("home"), *(link(name) for name in "abcd"), link("signal", raised=True)]
    assert labels(public_tabs(links)) == ["home", "a", "signal", "b", "Plus"]
    assert labels(public_tabs([*links[:-1], link("e")])) == ["home", "a", "b", "c", "Plus"]


def test_only_one_action_is_raised() -> None:
    tabs = public_tabs([link("home"), link("a", raised=True), link("b", raised=True)])
    assert [tab.label for tab in tabs if tab.raised] == ["a"]


def test_plus_is_current_on_a_page_that_is_behind_it() -> None:
    links = [link(name) for name in "hijkl"]
    assert not public_tabs([*links, link("last")])[-1].current
    assert public_tabs([*links, link("last", current=True)])[-1].current


@pytest.mark.parametrize("count", COUNTS)
def test_the_bars_hold_their_number_whatever_the_modules(count: int) -> None:
    links = links_of(MANIFESTS[:count], "/")
    assert len(public_tabs(links)) == min(len(links), TABS)
    assert len(public_head(links)) == min(len(links), HEAD)
    assert [tab.label for tab in public_tabs(links) if tab.current] == ["Accueil"]
