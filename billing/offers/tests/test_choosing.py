"""Choosing for whom and what: every price on the page is the price book's, and nothing is kept."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from billing.models import Quote
from billing.prices import Rhythm, price
from billing.queries.books import book_in_force
from tenants.models import Commune
from tests.cast import Cast

On = Callable[[str], Client]
SIREN = "200000016"


@pytest.fixture
def portal(cast: Cast, client_on: On) -> Client:
    Commune.objects.update(epci_siren=SIREN)
    return client_on(cast.portal_host)


def amounts(page: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb'<data class="amount" value="(-?\d+)"', page)]


def text(response: object) -> str:
    html: str = response.content.decode()  # type: ignore[attr-defined]
    return html.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "address",
    [
        "/devis/commune/00000/",
        "/devis/commune/2C001/",
        "/devis/commune/12013'/",
        "/devis/intercommunalite/123456789/",
        "/devis/intercommunalite/123456789/modules/?c=12013",
        "/devis/intercommunalite/123456789/prix/?c=12013",
        f"/devis/intercommunalite/{SIREN}/prix/?c=75056&modules=news&rhythm=yearly&ends=12",
    ],
)
def test_what_the_directory_does_not_know_is_not_found(portal: Client, address: str) -> None:
    assert portal.get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["", "modules=zq", "modules=news&rhythm=weekly&ends=12", "modules=news&rhythm=yearly&ends=never",
     "modules=news&rhythm=yearly&ends=12&start=2020-01-01", "modules=news&rhythm=yearly&ends=12&start=zq"],
)  # fmt: skip
def test_a_choice_that_is_none_has_a_sentence_and_no_price(portal: Client, cast: Cast, query: str) -> None:
    page = portal.get(f"/devis/commune/{cast.calme_insee}/prix/?{query}")
    assert page.status_code == 200
    assert "<p>" in text(page)
    assert not amounts(page.content)


def test_a_commune_and_an_intercommunality_are_found_by_name(portal: Client) -> None:
    assert "/devis/commune/69019/" in text(portal.get("/devis/", {"q": "bellevil"}))
    assert f"/devis/intercommunalite/{SIREN}/" in text(portal.get("/devis/", {"q": "beffroi"}))
    assert f"/devis/intercommunalite/{SIREN}/" in text(portal.get("/devis/suggestions/", {"q": "cc beff"}))
    assert "Aucune commune ne répond" in text(portal.get("/devis/", {"q": "zzzz\0'\"<script>"}))


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_the_price_is_the_books(portal: Client, cast: Cast, rhythm: Rhythm) -> None:
    address = f"/devis/commune/{cast.calme_insee}/prix/"
    page = portal.get(address, {"modules": ["news", "alerts"], "rhythm": rhythm, "ends": "12"})
    population = Commune.objects.get(pk=cast.calme_insee).population
    found = price(book_in_force(), population=population, rhythm=rhythm, modules=["news", "alerts"])
    shown = amounts(page.content)
    assert shown[: len(found.items)] == [item.cents for item in found.items]
    assert shown[len(found.items)] == found.net


def test_without_scripts_the_price_is_asked_for_with_a_button(portal: Client, cast: Cast) -> None:
    address = f"/devis/commune/{cast.calme_insee}/"
    said = {"modules": ["news"], "rhythm": "monthly", "ends": "12", "name": "Claire", "recalculer": "1"}
    page = portal.post(address, said)
    population = Commune.objects.get(pk=cast.calme_insee).population
    found = price(book_in_force(), population=population, rhythm=Rhythm.MONTHLY, modules=["news"])
    assert page.status_code == 200
    assert found.net in amounts(page.content)
    assert 'value="Claire"' in text(page)
    assert not Quote.objects.exists()


def test_several_communes_cost_less_each(portal: Client, cast: Cast) -> None:
    Commune.objects.bulk_create(
        Commune(insee=f"2304{n}", name=f"Val {n}", folded=f"val {n}", sort_key=f"val {n}", slug=f"val-{n}",
                departement="23", region="75", population=1200, epci_siren=SIREN) for n in range(6)
    )  # fmt: skip
    address = f"/devis/intercommunalite/{SIREN}/prix/"
    said = {"modules": "news", "rhythm": "yearly", "ends": "12"}
    two = portal.get(address, {**said, "c": ["23040", "23041"]}).context["draft"]
    six = portal.get(address, {**said, "c": [f"2304{n}" for n in range(6)]}).context["draft"]
    assert two.net % 2 == 0
    assert six.net < 3 * two.net
    assert len(six.lines) == 6


def test_the_communes_that_were_chosen_are_found_again(portal: Client) -> None:
    html = text(portal.get(f"/devis/intercommunalite/{SIREN}/modules/", {"c": ["12013", "23031"]}))
    back = re.search(r'href="(/devis/intercommunalite/\d+/\?[^"]+)"', html)
    assert back
    assert set(re.findall(r'value="(\w+)" checked', text(portal.get(unescape(back[1]))))) == {"12013", "23031"}
    assert len(re.findall(" checked>", text(portal.get(f"/devis/intercommunalite/{SIREN}/")))) == 4


def test_a_commune_of_elsewhere_is_passed_over(portal: Client) -> None:
    Commune.objects.filter(pk="69019").update(epci_siren="")
    address = f"/devis/intercommunalite/{SIREN}/modules/"
    assert len(portal.get(address, {"c": ["12013", "69019", "zq"]}).context["buying"].communes) == 1
    page = portal.get(address, {"c": "69019"}, follow=True)
    assert "Aucune commune n’est choisie" in text(page) and " checked>" not in text(page)
    assert "CC du Beffroi" in text(portal.get(f"/devis/intercommunalite/{SIREN}/"))
