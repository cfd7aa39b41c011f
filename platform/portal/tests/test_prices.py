"""What a commune would pay is read before anybody asks for anything: exact, without an account, without a script."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from billing.prices import Rhythm, euros, price, vat_of
from billing.queries.books import book_in_force
from tenants.models import Commune
from tests.cast import Cast

On = Callable[[str], Client]
ALL = ["presentation", "news", "alerts"]


def sums(commune: Commune, keys: list[str]) -> list[tuple[int, int]]:
    """What the book says: without and with VAT, for a month and a year."""
    book = book_in_force()
    nets = [price(book, population=commune.population, rhythm=rhythm, modules=keys).net for rhythm in Rhythm]
    rate = book.vat.get(commune.departement, book.vat["default"])
    return [(net, net + vat_of(net, rate)) for net in nets]


@pytest.fixture
def portal(cast: Cast, client_on: On) -> Client:
    return client_on(cast.portal_host)


@pytest.fixture
def calme(cast: Cast) -> Commune:
    return Commune.objects.get(pk=cast.calme_insee)


def read(browser: Client, insee: str, ticked: list[str] | None = None) -> str:
    asked = {"commune": insee} if ticked is None else {"commune": insee, "choix": "1", "modules": ticked}
    answer = browser.get("/modules/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("ticked", [ALL, ["news"], ["alerts", "news"], []])
def test_the_catalogue_says_what_the_ticked_modules_cost_this_commune(
    portal: Client, calme: Commune, ticked: list[str]
) -> None:
    page = read(portal, calme.insee, ticked)
    for net, gross in sums(calme, ticked):
        assert f'value="{net}">{euros(net)} HT' in page.replace("\u00a0HT", " HT")
        assert f'value="{gross}">{euros(gross)} TTC' in page.replace("\u00a0TTC", " TTC")


def test_every_module_is_ticked_at_first(portal: Client, calme: Commune) -> None:
    assert read(portal, calme.insee) == read(portal, calme.insee, ALL)


def test_a_larger_commune_and_another_territory_read_their_own_prices(portal: Client, calme: Commune) -> None:
    before = read(portal, calme.insee)
    Commune.objects.filter(pk=calme.pk).update(population=12_000, departement="974")
    calme.refresh_from_db()
    page = read(portal, calme.insee)
    assert page != before
    assert "8,5\u00a0%" in page
    assert all(f'value="{gross}"' in page for _, gross in sums(calme, ALL))
    Commune.objects.filter(pk=calme.pk).update(departement="976")
    assert "Sans TVA" in read(portal, calme.insee)


def test_a_commune_is_searched_there_and_the_ticks_are_kept(portal: Client, calme: Commune) -> None:
    page = portal.get("/modules/", {"q": "calme", "choix": "1", "modules": ["news"]}).content.decode()
    assert f"/modules/?commune={calme.pk}&amp;choix=1&amp;modules=news" in page
    assert '<input type="hidden" name="modules" value="news">' in page
    told = portal.get("/communes/suggestions/", {"q": "calme", "pour": "prix", "modules": ["news", "<b>"]})
    assert f"/modules/?commune={calme.pk}&amp;choix=1&amp;modules=news" in told.content.decode()
    assert "/ouvrir/" not in told.content.decode()


@pytest.mark.parametrize("said", ["00000", "zz", "\0", "06088'"])
def test_a_commune_that_does_not_exist_is_told(portal: Client, said: str) -> None:
    answer = portal.get("/modules/", {"commune": said})
    assert answer.status_code == 404
    assert "Nous ne connaissons pas cette commune" in answer.content.decode()


def test_a_search_that_finds_nothing_says_so(portal: Client) -> None:
    assert "Aucune commune ne répond" in portal.get("/modules/", {"q": "zzzzzz"}).content.decode()


def test_the_rates_show_every_price_of_the_book(portal: Client) -> None:
    page, book = portal.get("/tarifs/").content.decode(), book_in_force()
    listed = [book.base, *book.modules.values(), *(pack.amounts for pack in book.packs)]
    wanted = {cents for amounts in listed for cents in (*amounts.monthly, *amounts.yearly)}
    wanted |= {pack.cents for pack in book.sms_packs}
    assert not [cents for cents in wanted if f'value="{cents}"' not in page]
    assert all(f"{least} communes" in page for least, _ in book.group_discounts)
    assert "Guadeloupe, Martinique, La Réunion" in page
    assert 'href="/tarifs/"' in portal.get("/").content.decode()


def test_each_price_of_the_rates_names_its_column_where_a_row_is_a_card(portal: Client) -> None:
    page = portal.get("/tarifs/").content.decode()
    columns = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', page)
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page)
    assert len(rows) == len(book_in_force().bounds)
    assert all(["Habitants", *re.findall(r'data-name="([^"]+)"', row)] == columns for row in rows)
    assert 'href="/devis/"' in page[page.index("<main") : page.index("<table")]


def test_an_opening_says_the_price_before_it_asks(portal: Client, calme: Commune) -> None:
    page = portal.get(f"/ouvrir/{calme.pk}/").content.decode()
    for net, gross in sums(calme, ALL):
        assert f'value="{net}"' in page
        assert f'value="{gross}"' in page


def test_the_modules_of_an_opening_are_priced_as_they_are_ticked(portal: Client, calme: Commune) -> None:
    portal.post(f"/ouvrir/{calme.pk}/", {"team": "3", "hours": "12", "want": "inform"})
    page = portal.post("/ouvrir/modules/", {"modules": ["news"], "calculer": "1"})
    assert page.status_code == 200
    for net, gross in sums(calme, ["news"]):
        assert f'value="{net}"' in page.content.decode()
        assert f'value="{gross}"' in page.content.decode()
    assert portal.get("/ouvrir/vous/").status_code == 302
    assert portal.post("/ouvrir/modules/", {"modules": ["news"]}).status_code == 302
    assert portal.get("/ouvrir/vous/").status_code == 200
