"""What a price always is, whatever the book."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.prices import (
    Item,
    PriceBook,
    Rhythm,
    Unpriced,
    bracket_of,
    discount_of,
    euros,
    percent,
    price,
    sms_item,
    vat_of,
    vat_rate,
)
from billing.prices.tests.books import KEYS, books, first

RHYTHMS = st.sampled_from(Rhythm)
PEOPLE = st.one_of(st.none(), st.integers(0, 3_000_000))
CHOSEN = st.sets(st.sampled_from(KEYS))
COMMUNES = st.integers(1, 60)


@given(books(), PEOPLE, RHYTHMS, CHOSEN, COMMUNES)
def test_a_price_is_never_negative_and_pays_all_that_was_asked(
    book: PriceBook, people: int | None, rhythm: Rhythm, chosen: set[str], communes: int
) -> None:
    found = price(book, population=people, rhythm=rhythm, modules=chosen, communes=communes)
    assert found.net >= 0
    assert chosen <= found.covered
    assert all(item.cents >= 0 for item in found.items if item.key != "discount")


@given(books(), PEOPLE, RHYTHMS, CHOSEN, st.sampled_from(KEYS), COMMUNES)
def test_adding_a_module_never_lowers_the_price(
    book: PriceBook, people: int | None, rhythm: Rhythm, chosen: set[str], added: str, communes: int
) -> None:
    def net(modules: set[str]) -> int:
        return price(book, population=people, rhythm=rhythm, modules=modules, communes=communes).net

    assert net(chosen) <= net(chosen | {added})


@given(books(), st.integers(0, 200_000), st.integers(0, 200_000), RHYTHMS, CHOSEN)
def test_more_inhabitants_never_lower_the_price(
    book: PriceBook, people: int, more: int, rhythm: Rhythm, chosen: set[str]
) -> None:
    small = price(book, population=people, rhythm=rhythm, modules=chosen).net
    assert small <= price(book, population=people + more, rhythm=rhythm, modules=chosen).net


@given(PEOPLE, RHYTHMS, st.integers(1, 100))
def test_one_more_commune_lowers_the_price_of_each_and_not_of_all(
    people: int | None, rhythm: Rhythm, communes: int
) -> None:
    def net(count: int) -> int:
        return price(first(), population=people, rhythm=rhythm, modules={"news"}, communes=count).net

    assert net(communes + 1) <= net(communes)
    assert net(communes) * communes <= net(communes + 1) * (communes + 1) + communes


@given(books(), PEOPLE, CHOSEN)
def test_a_year_never_costs_more_than_twelve_months(book: PriceBook, people: int | None, chosen: set[str]) -> None:
    month, year = (price(book, population=people, rhythm=rhythm, modules=chosen).net for rhythm in Rhythm)
    assert year <= 12 * month


@given(books(), PEOPLE, RHYTHMS, CHOSEN)
def test_no_other_cover_is_cheaper(book: PriceBook, people: int | None, rhythm: Rhythm, chosen: set[str]) -> None:
    """Every set of packs and of single modules that holds what was asked, tried one by one."""
    at = bracket_of(book, people)
    lines = [({key}, amounts.of(rhythm)[at]) for key, amounts in book.modules.items()]
    lines += [(set(pack.modules), pack.amounts.of(rhythm)[at]) for pack in book.packs]
    covers = (some for count in range(len(lines) + 1) for some in combinations(lines, count))
    costs = [sum(cents for _, cents in some) for some in covers if chosen <= set().union(*(keys for keys, _ in some))]
    found = price(book, population=people, rhythm=rhythm, modules=chosen)
    assert found.net == book.base.of(rhythm)[at] + min(costs)


def test_a_pack_is_taken_when_it_is_cheaper_and_left_when_it_is_not() -> None:
    def items(modules: set[str], communes: int = 1) -> tuple[Item, ...]:
        return price(first(), population=300, rhythm=Rhythm.YEARLY, modules=modules, communes=communes).items

    base = Item("base", 4000)
    everything = frozenset({"alerts", "news", "presentation"})
    assert items(set()) == (base,)
    assert items({"news"}) == (base, Item("module:news", 3000, frozenset({"news"})))
    assert items({"alerts", "news", "presentation"}) == (base, Item("pack:village", 8000, everything))
    assert items({"news"}, communes=5)[-1] == Item("discount", -840)


def test_what_has_no_price_is_told_by_name() -> None:
    with pytest.raises(Unpriced) as refused:
        price(first(), population=1, rhythm=Rhythm.YEARLY, modules={"news", "chess", "bowls"})
    assert refused.value.keys == {"chess", "bowls"}
    assert str(refused.value) == "bowls, chess"
    with pytest.raises(Unpriced):
        sms_item(first(), "501")


def test_sms_are_bought_by_packs() -> None:
    assert sms_item(first(), "500") == Item("sms:500", 4500)
    assert sms_item(first(), "2000", 3).cents == 3 * 16000


@pytest.mark.parametrize(
    ("people", "bracket"),
    [(None, 0), (0, 0), (-3, 0), (499, 0), (500, 1), (999, 1), (49_999, 7), (50_000, 8), (10**9, 8)],
)
def test_the_bracket_of_a_population(people: int | None, bracket: int) -> None:
    assert bracket_of(first(), people) == bracket


def test_the_bounds_of_the_brackets_leave_nobody_out() -> None:
    bounds = first().bounds
    assert bounds[0] == (0, 499)
    assert bounds[-1] == (50_000, None)
    assert all(end is not None and end + 1 == start for (_, end), (start, _) in pairwise(bounds))


@pytest.mark.parametrize(
    ("communes", "off"), [(1, 0), (4, 0), (5, 1200), (14, 1200), (15, 1750), (30, 2000), (300, 2000)]
)
def test_the_discount_of_an_intercommunality(communes: int, off: int) -> None:
    assert discount_of(first(), communes) == off


@pytest.mark.parametrize(("departement", "rate"), [("05", 2000), ("2A", 2000), ("974", 850), ("976", 0), ("988", 0)])
def test_the_rate_of_a_departement(departement: str, rate: int) -> None:
    assert vat_rate(first(), departement) == rate


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_the_tax_is_the_same_in_both_directions_and_at_most_half_a_cent_away(net: int, rate: int) -> None:
    assert vat_of(-net, rate) == -vat_of(net, rate)
    assert abs(vat_of(net, rate) * 10_000 - net * rate) <= 5_000


def test_half_a_cent_goes_up() -> None:
    assert [vat_of(cents, 2000) for cents in (2, 3, 12_000)] == [0, 1, 2_400]
    assert [vat_of(cents, 5000) for cents in (1, -1)] == [1, -1]


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "0,00 €"),
        (5, "0,05 €"),
        (123450, "1\u202f234,50 €"),
        (-840, "−8,40 €"),
        (100_000_000, "1\u202f000\u202f000,00 €"),
    ],
)
def test_euros_are_written_as_in_french(cents: int, words: str) -> None:
    assert euros(cents) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize(("points", "words"), [(0, "0 %"), (850, "8,5 %"), (2000, "20 %"), (-1255, "−12,55 %")])
def test_rates_are_written_as_in_french(points: int, words: str) -> None:
    assert percent(points) == words.replace(" ", "\u00a0")
