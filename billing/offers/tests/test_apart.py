"""Communes of one order with modules of their own: what is said of them, what it costs, and what each is given."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from billing.actions.ordering import accept_order
from billing.models import Choice, Invoice, Order, PriceVersion, Quote, Subscription, Term
from billing.offers.drafting import Asked, drafted
from billing.papers import siret_of_siren
from billing.prices import Period, Rhythm, price
from billing.prices.tests.books import first_json
from billing.queries.books import book_in_force
from billing.queries.offering import communes_offered, lines_of
from billing.queries.offers import offer_of
from billing.queries.rights import Source
from core.catalogue import Catalogue
from tenants.models import Commune, Entitlement
from tests.cast import Cast

On = Callable[[str], Client]
GROUP = "/devis/intercommunalite/200000016/"
AUBIN, BELLEVILLE, CALME, DOUX = EVERY = ("12013", "69019", "23031", "08147")
WHO = {"name": "Claire Martin", "capacity": "Présidente", "email": "claire@exemple.fr"}
PRICED: dict[str, Any] = {"c": EVERY, "modules": ["news"], "rhythm": "yearly", "ends": "12"}
ASKED = PRICED | WHO
APART = {"own": [AUBIN, CALME], "takes": [AUBIN, f"{AUBIN}.news", f"{AUBIN}.alerts", CALME, f"{CALME}.presentation"]}
SHARED = {AUBIN: {"news", "alerts"}, BELLEVILLE: {"news"}, CALME: {"presentation"}, DOUX: {"news"}}


@pytest.fixture
def portal(cast: Cast, client_on: On) -> Client:
    Commune.objects.filter(pk__in=EVERY).update(epci_siren="200000016", epci_name="CC du Beffroi")
    return client_on(cast.portal_host)


def taken(draft: Any) -> dict[str, set[str]]:
    return {each.insee: set(modules) for each, modules in draft.asked.wanted.items()}


def all_of(*modules: str) -> dict[str, set[str]]:
    return {insee: set(modules) for insee in EVERY}


def costs(shared: dict[str, set[str]], rhythm: Rhythm = Rhythm.YEARLY) -> dict[str, int]:
    """By the price book, of an order for so many communes."""
    people = dict(Commune.objects.values_list("pk", "population"))
    return {
        insee: price(
            book_in_force(), population=people[insee], rhythm=rhythm, modules=modules, communes=len(shared)
        ).net
        for insee, modules in shared.items()
    }


@pytest.mark.parametrize(
    "own",
    ["", "zq", "75056", "1201", "75056.7", f"{AUBIN}.", f"{AUBIN}.-1", f"{AUBIN}.1.2", f"{AUBIN}.٣", f"{AUBIN}.x",
     f"{AUBIN}.{9 ** 20}", f"{AUBIN}.1e9"],
)  # fmt: skip
def test_what_sets_no_commune_apart_is_passed_over(portal: Client, own: str) -> None:
    draft = portal.get(f"{GROUP}prix/", {**PRICED, "own": own, "among": "news.alerts"}).context["draft"]
    assert taken(draft) == all_of("news")


@pytest.mark.parametrize(
    "said", [{"own": f"{AUBIN}.2", "among": "news.zq"}, {"own": AUBIN, "takes": [f"{AUBIN}.news", f"{AUBIN}.zq"]}]
)
def test_a_module_that_is_none_has_a_sentence_and_no_price(portal: Client, said: dict[str, Any]) -> None:
    page = portal.get(f"{GROUP}prix/", PRICED | said)
    assert page.context["draft"] is None
    assert "plus au catalogue" in page.content.decode()
    page = portal.post(f"{GROUP}modules/", ASKED | said)
    assert page.status_code == 422 and set(page.context["form"].errors) == {"modules"}
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "said", [{"modules": []}, {"own": EVERY, "takes": EVERY}, {"modules": [], "own": AUBIN, "takes": AUBIN}]
)
def test_communes_without_any_module_are_no_order(portal: Client, said: dict[str, Any]) -> None:
    page = portal.post(f"{GROUP}modules/", ASKED | said)
    assert page.status_code == 422 and set(page.context["form"].errors) == {"modules"}
    assert not Quote.objects.exists()


def test_a_commune_alone_has_none_to_be_set_apart_from(portal: Client) -> None:
    said = {**PRICED, "own": AUBIN, "takes": f"{AUBIN}.alerts"}
    assert taken(portal.get(f"/devis/commune/{AUBIN}/prix/", said).context["draft"]) == {AUBIN: {"news"}}
    assert b'name="own"' not in portal.get(f"/devis/commune/{AUBIN}/").content


def test_a_commune_that_is_not_set_apart_follows_the_common_choice_whatever_its_boxes_say(portal: Client) -> None:
    draft = portal.get(f"{GROUP}prix/", {**PRICED, "takes": APART["takes"]}).context["draft"]
    assert taken(draft) == all_of("news")


def test_what_was_chosen_stands_after_a_mistake_and_while_it_is_priced(portal: Client) -> None:
    for more, status in ({"name": ""}, 422), ({"recalculer": "1"}, 200):
        page = portal.post(f"{GROUP}modules/", ASKED | APART | more)
        html = page.content.decode()
        assert page.status_code == status
        assert set(re.findall(r'name="own" value="(\w+)" checked', html)) == {AUBIN, CALME}
        ticked = set(re.findall(r'name="takes" value="(\d+\.\w+)" checked', html))
        assert ticked == {each for each in APART["takes"] if "." in each}
        assert 'class="more" open' in html
        assert taken(page.context["draft"]) == SHARED
    assert not Quote.objects.exists()


def test_a_commune_that_was_just_set_apart_begins_with_the_common_choice(portal: Client) -> None:
    page = portal.post(f"{GROUP}modules/", {**ASKED, "own": AUBIN, "recalculer": "1"})
    assert set(re.findall(r'name="takes" value="(\d+\.\w+)" checked', page.content.decode())) == {f"{AUBIN}.news"}
    assert taken(page.context["draft"]) == all_of("news")


def test_an_address_says_the_same_as_the_boxes(portal: Client) -> None:
    short = {**PRICED, "among": "news.alerts.presentation", "own": [f"{AUBIN}.3", f"{CALME}.4"]}
    draft = portal.get(f"{GROUP}prix/", short).context["draft"]
    assert taken(draft) == SHARED
    assert {each.commune.insee: each.price.net for each in draft.lines} == costs(SHARED)


def test_a_commune_without_a_module_is_not_offered_and_the_page_says_so(portal: Client) -> None:
    said = {"own": [AUBIN, CALME], "takes": [AUBIN, CALME, f"{CALME}.alerts"]}
    left = {BELLEVILLE: {"news"}, CALME: {"alerts"}, DOUX: {"news"}}
    page = portal.get(f"{GROUP}prix/", {**PRICED, **said})
    assert "hors du devis : Saint-Aubin." in " ".join(page.content.decode().replace("\u202f", " ").split())
    assert page.context["draft"].net == sum(costs(left).values()), "the discount counts those that are left"
    portal.post(f"{GROUP}modules/", ASKED | said)
    offer = offer_of(Quote.objects.get())
    assert {each.insee: set(each.modules) for each in offer.communes} == left
    assert len(offer.paper.communes) == 3


def test_the_largest_group_is_read_whatever_each_of_its_communes_takes(portal: Client) -> None:
    takes = [each for insee in EVERY for each in (insee, f"{insee}.news")]
    said = {"c": [*EVERY, *map(str, range(154))], "own": [*EVERY, *map(str, range(154))], "takes": takes * 220}
    page = portal.post(f"{GROUP}modules/", ASKED | said | {"recalculer": "1"})
    assert page.status_code == 200
    assert taken(page.context["draft"]) == all_of("news")


def test_what_a_module_needs_comes_with_it_in_its_commune_only(portal: Client, settings: Any) -> None:
    chained = [
        replace(each, requires=frozenset({"news"})) if each.slug == "alerts" else each for each in project.CATALOGUE
    ]
    settings.CATALOGUE = Catalogue(chained, project.CATALOGUE._hooks)
    said = {**PRICED, "modules": "presentation", "own": f"{AUBIN}.1", "among": "alerts"}
    draft = portal.get(f"{GROUP}prix/", said).context["draft"]
    assert taken(draft) == all_of("presentation") | {AUBIN: {"alerts", "news"}}


def test_asked_twice_it_is_one_quote_and_another_choice_is_another(portal: Client) -> None:
    first, again = (portal.post(f"{GROUP}modules/", ASKED | APART).headers["Location"] for _ in range(2))
    assert first == again
    swapped = {"own": [AUBIN, CALME], "takes": [f"{CALME}.news", f"{CALME}.alerts", f"{AUBIN}.presentation"]}
    assert portal.post(f"{GROUP}modules/", ASKED | swapped).headers["Location"] != first
    assert Quote.objects.count() == 2


def test_made_again_a_quote_keeps_what_each_commune_takes(portal: Client) -> None:
    portal.post(f"{GROUP}modules/", ASKED | APART)
    old = Quote.objects.get()
    made = timezone.localdate() - timedelta(days=91)
    Quote.objects.filter(pk=old.pk).update(issued_on=made, valid_until=made + timedelta(days=90))
    where = {portal.post(f"/devis/{old.pk}/refaire/").headers["Location"] for _ in range(2)}
    fresh = Quote.objects.exclude(pk=old.pk).get()
    assert where == {f"/devis/{fresh.pk}/"}
    assert {each.insee: set(each.modules) for each in offer_of(fresh).communes} == SHARED
    assert fresh.net == old.net


def test_from_the_form_to_the_terms_and_the_first_invoice(portal: Client) -> None:
    assert portal.post(f"{GROUP}modules/", ASKED | APART).status_code == 302
    quote, cost = Quote.objects.get(), costs(SHARED)
    offer = offer_of(quote)
    assert {each.insee: each.net for each in offer.communes} == cost
    assert quote.net == sum(cost.values())
    page = portal.get(f"/devis/{quote.pk}/").content.decode()
    assert "Saint-Aubin (80) <small>Actualités, Alertes</small>" in page
    order = {**WHO, "means": "purchase_order", "reference": "BC-7", "siret": siret_of_siren("200000016")}
    assert portal.post(f"/devis/{quote.pk}/commander/", order | {"moment": "start"}).status_code == 302
    yesterday = timezone.localdate() - timedelta(days=1)
    Subscription.objects.update(trial_until=yesterday)
    accept_order(order=Order.objects.get(), author="operator@beffroi.test")
    choices = Choice.objects.values_list("term__subscription__commune_id", "modules")
    assert {insee: set(modules) for insee, modules in choices} == SHARED
    assert set(Term.objects.values_list("communes", flat=True)) == {4}
    invoice = Invoice.objects.get()
    for term in Term.objects.select_related("subscription"):
        asked = sum(part["net"] for part in invoice.parts if part["term"] == str(term.pk))
        insee = term.subscription.commune_id
        assert asked == (cost[insee] if insee in (AUBIN, BELLEVILLE) else 0), "the others are not open yet"
    for insee in (AUBIN, BELLEVILLE):
        given = Entitlement.objects.filter(space__commune=insee, source=Source.TERM).values_list("module", flat=True)
        assert set(given) == SHARED[insee]


VERSION = PriceVersion(content={**first_json(), "number": 1})
MODULES = sorted(each.slug for each in project.CATALOGUE)
# Each commune with its people, and the modules of which it takes those whose bit is set.
orders = some.lists(
    some.tuples(some.none() | some.integers(0, 60_000), some.integers(1, 2 ** len(MODULES) - 1)),
    min_size=1,
    max_size=40,
)
years = some.sampled_from(
    [None, Period(date(2027, 1, 1), date(2027, 12, 31)), Period(date(2027, 5, 3), date(2028, 5, 2))]
)


@given(orders, some.sampled_from(Rhythm), years)
def test_a_quote_comes_to_what_the_price_book_says_of_each_commune(
    asked: list[tuple[int | None, int]], rhythm: Rhythm, days: Period | None
) -> None:
    wanted = {
        Commune(insee=f"{rank:05}", name=f"Val {rank}", departement="23", population=population): {
            module for at, module in enumerate(MODULES) if bits >> at & 1
        }
        for rank, (population, bits) in enumerate(asked)
    }
    each = [
        price(VERSION.book, population=commune.population, rhythm=rhythm, modules=modules, communes=len(asked)).net
        for commune, modules in wanted.items()
    ]
    times = 12 if rhythm is Rhythm.MONTHLY else 1
    assert sum(line.net for line in lines_of(VERSION, wanted, rhythm, days, aligned=False)) == times * sum(each)
    assert [offered.net for offered in communes_offered(VERSION, wanted, rhythm)] == each
    assert drafted(VERSION, Asked(wanted, rhythm, False, None)).net == sum(each)
