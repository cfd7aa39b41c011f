"""Which modules are proposed to whom."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from core.catalogue import Catalogue, Manifest, Proposal, Want
from portal.signup.proposals import choices
from portal.tests.journey import Journey, text
from tests.cast import Cast

NEWS: Manifest = settings.CATALOGUE["news"]


def module(slug: str, *, requires: set[str] | None = None, **proposal: Any) -> Manifest:
    return replace(
        NEWS,
        slug=slug,
        label=slug.capitalize(),
        segment=slug,
        requires=frozenset(requires or ()),
        permissions=(),
        topics=(),
        proposal=Proposal(reason=f"Pour {slug}.", **proposal),
    )


CATALOGUE = Catalogue(
    [
        module("agenda"),
        module("alerts", wants=frozenset({Want.WARN, Want.INFORM})),
        module("messaging", wants=frozenset({Want.LISTEN}), minimum_team=3, minimum_hours=10),
        module("polls", wants=frozenset({Want.LISTEN}), requires={"residents"}),
        module("residents", wants=frozenset({Want.PRESENT})),
    ]
)


def proposed(*, want: Want, team: int = 5, hours: int = 20, catalogue: Catalogue = CATALOGUE) -> list[str]:
    rows = choices(catalogue, want=want, team=team, hours=hours)
    return [row.manifest.slug for row in rows if row.proposed]


def test_what_answers_the_want_comes_first_and_what_suits_everybody_after() -> None:
    assert proposed(want=Want.WARN) == ["alerts", "agenda"]


def test_what_a_module_needs_is_proposed_with_it() -> None:
    assert proposed(want=Want.LISTEN) == ["messaging", "polls", "agenda", "residents"]


@pytest.mark.parametrize(("team", "hours"), [(2, 20), (5, 9)])
def test_a_small_mairie_is_not_proposed_what_it_could_not_keep_up(team: int, hours: int) -> None:
    assert "messaging" not in proposed(want=Want.LISTEN, team=team, hours=hours)


@pytest.mark.parametrize("want", Want)
def test_the_page_of_the_commune_is_proposed_to_everybody(want: Want) -> None:
    assert "presentation" in proposed(want=want, team=1, hours=0, catalogue=settings.CATALOGUE)


def test_news_are_proposed_to_who_would_inform_or_warn_and_keeps_an_office() -> None:
    catalogue = settings.CATALOGUE
    assert [want for want in Want if "news" in proposed(want=want, catalogue=catalogue)] == [Want.INFORM, Want.WARN]
    assert proposed(want=Want.INFORM, team=1, hours=6, catalogue=catalogue)[0] == "news"
    assert "news" not in proposed(want=Want.INFORM, team=1, hours=0, catalogue=catalogue)


def test_every_module_can_be_chosen_and_says_what_comes_with_it() -> None:
    rows = {row.manifest.slug: row for row in choices(CATALOGUE, want="inform", team=1, hours=0)}
    assert set(rows) == CATALOGUE.slugs
    assert rows["polls"].needs == ("Residents",)


def test_the_page_gives_the_reason_and_takes_what_is_needed(cast: Cast, client_on: Any, settings: Any) -> None:
    journey = Journey(client_on(cast.portal_host), cast.calme_insee)
    journey.begin(want="listen", team="2", hours="4")
    settings.CATALOGUE = CATALOGUE
    page = text(journey.client.get("/ouvrir/modules/"))
    assert "Pour polls." in page and "Pour messaging." not in page
    assert 'value="polls" checked' in page and 'value="messaging">' in page
    assert "S’allume avec : Residents" in page
    journey.choose("polls")
    journey.introduce()
    assert "Polls, Residents" in text(journey.client.get("/ouvrir/contrat/"))
