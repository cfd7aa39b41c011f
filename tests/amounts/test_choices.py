"""Prices as boxes are ticked: whatever is chosen, what is shown and what is carried to be accepted is what it costs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations, product

import pytest
from django.conf import settings
from django.test import Client

from billing.prices import Rhythm
from portal.tests.journey import Journey
from tenants.models import Commune
from tests.amounts import portal, space
from tests.amounts.comparing import Compared
from tests.amounts.money import Money, tax, taxed
from tests.amounts.scenes import EPCI, Scene, played
from tests.cast import Cast

HERE = "/mairie/abonnement/"
ENDS = {True: "31-12", False: "12"}


def sets() -> Iterator[tuple[str, ...]]:
    """Every choice of modules."""
    slugs = sorted(settings.CATALOGUE.slugs)
    return chain.from_iterable(combinations(slugs, count) for count in range(1, len(slugs) + 1))


@pytest.mark.parametrize("name", ["trial", "months"])
def test_an_order_shows_what_its_days_cost_by_the_prices_of_the_day(
    name: str, cast: Cast, files: object, client_of: Callable[..., Client]
) -> None:
    scene = played(name, cast)
    with scene.now():
        pages = Compared(client_of(cast.aubin.administrator))
        start = space.proposed(scene).start
        for modules in sets():
            for rhythm in Rhythm:
                for aligned, ends in ENDS.items():
                    choice = space.Choice(settings.CATALOGUE.closed(modules), rhythm, aligned, start)
                    said = {"modules": modules, "rhythm": rhythm.value, "ends": ends, "moment": "end"}
                    asked = f"{modules} {rhythm} {ends}"
                    pages.look(f"price of {asked}", f"{HERE}commander/prix/", space.offer(scene.buying, choice), said)
                    pages.look(f"recap of {asked}", f"{HERE}commander/recapitulatif/", recap(scene, choice), said)
    pages.end(f"orders as they are chosen, {name}")


def recap(scene: Scene, choice: space.Choice) -> Iterator[Money]:
    due = choice.due(scene.buying)
    yield from space.offer(scene.buying, choice)
    yield from (*taxed(due, scene.buying.rate), tax(due, scene.buying.rate))


@pytest.mark.parametrize("name", ["months", "year"])
def test_a_change_shows_what_it_costs_to_the_end_of_the_term_by_the_prices_it_was_ordered_at(
    name: str, cast: Cast, files: object, client_of: Callable[..., Client]
) -> None:
    scene = played(name, cast)
    with scene.now():
        pages = Compared(client_of(cast.aubin.administrator))
        for modules in sets():
            said = {"choisi": "1", "modules": modules}
            pages.look(f"change to {modules}", f"{HERE}modifier/difference/", space.changing(scene, modules), said)
    pages.end(f"changes as they are chosen, {name}")


@pytest.mark.parametrize("name", ["months", "year"])
def test_anybody_reads_what_a_choice_costs_a_commune(
    name: str, cast: Cast, files: object, client_on: Callable[[str], Client]
) -> None:
    scene = played(name, cast)
    insee, start = scene.commune.pk, scene.day + timedelta(days=40)
    every = portal.catalogue(scene.buying, settings.CATALOGUE.slugs)
    with scene.now():
        pages = Compared(client_on(cast.portal_host))
        pages.look("the catalogue", "/modules/", every, {"commune": insee})
        for modules in sets():
            said = {"commune": insee, "choix": "1", "modules": modules}
            pages.look(f"the catalogue with {modules}", "/modules/", portal.catalogue(scene.buying, modules), said)
            for rhythm, (aligned, ends) in product(Rhythm, ENDS.items()):
                said = {"modules": modules, "rhythm": rhythm.value, "ends": ends, "start": start.isoformat()}
                choice = space.Choice(settings.CATALOGUE.closed(modules), rhythm, aligned, start)
                expected = portal.offered([scene.buying], choice, scene.buying.rate)
                pages.look(f"{modules} {rhythm} {ends}", f"/devis/commune/{insee}/prix/", expected, said)
    pages.end(f"the portal as it is chosen, {name}")


def test_anybody_reads_what_a_choice_costs_each_commune_of_an_intercommunality(
    cast: Cast, files: object, client_on: Callable[[str], Client]
) -> None:
    scene, address = played("group", cast), f"/devis/intercommunalite/{EPCI}/prix/"
    communes = list(Commune.objects.filter(epci_siren=EPCI))
    assert len(communes) == 5
    with scene.now():
        pages = Compared(client_on(cast.portal_host))
        for some in (communes, communes[:4]):
            buying = [replace(scene.buying, population=each.population, communes=len(some)) for each in some]
            for modules, rhythm, (aligned, ends) in product(sets(), Rhythm, ENDS.items()):
                choice = space.Choice(settings.CATALOGUE.closed(modules), rhythm, aligned, portal.first_day(scene))
                said = {"c": [each.pk for each in some], "modules": modules, "rhythm": rhythm.value, "ends": ends}
                expected = portal.offered(buying, choice, 2000, known=aligned)
                pages.look(f"{len(some)}, {modules} {rhythm} {ends}", address, expected, said)
    pages.end("an intercommunality as it is chosen")


def test_who_opens_a_space_reads_what_the_modules_would_cost_that_commune(
    cast: Cast, files: object, client_on: Callable[[str], Client]
) -> None:
    scene, insee = played("year", cast), cast.calme_insee
    Commune.objects.filter(pk=insee).update(population=7000, departement="972")
    with scene.now():
        journey = Journey(client_on(cast.portal_host), insee)
        pages = Compared(journey.client)
        buying = replace(scene.buying, population=7000, rate=850)
        every = [money for rhythm in Rhythm for money in buying.listed(settings.CATALOGUE.slugs, rhythm)]
        pages.look("the questions", f"/ouvrir/{insee}/", every)
        assert journey.begin().status_code == 302
        proposed = re.findall(r'value="(\w+)" checked', journey.client.get("/ouvrir/modules/").content.decode())
        pages.look("the modules", "/ouvrir/modules/", portal.summed(buying, proposed))
    pages.end("an opening")
