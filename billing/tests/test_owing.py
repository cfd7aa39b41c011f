"""Whatever is chosen, changed, cut and asked for, what was asked in all is what is owed, to the cent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.models import PriceVersion
from billing.prices import Period, Rhythm, price, share, term_of
from billing.prices.tests.books import books
from billing.queries.owing import Bought, Chosen, Part, due_by, net, owed, rest, total

DAY = timedelta(days=1)
Asked = dict[Period, dict[tuple[str, int], int]]
starts = st.dates(date(2023, 1, 1), date(2032, 12, 31))


@st.composite
def histories(draw: Any) -> list[tuple[date, Bought]]:
    """A term as it stands on each day that something is decided of it: modules, or the end of it."""
    book = draw(books())
    first, aligned = draw(starts), draw(st.booleans())
    rhythm, moment = draw(st.sampled_from(Rhythm)), draw(st.sampled_from(["start", "end"]))
    days = term_of(first, aligned=aligned)
    population, communes = draw(st.none() | st.integers(0, 100_000)), draw(st.sampled_from([1, 5, 30]))
    choices: list[Chosen] = []
    at = sorted(draw(st.lists(st.integers(0, days.days - 1), max_size=5)))
    told = []
    for after in [0, *at]:
        modules = draw(st.sets(st.sampled_from(sorted(book.modules)))) if book.modules else set()
        since = first + DAY * after
        cost = price(book, population=population, rhythm=rhythm, modules=modules, communes=communes)
        choices.append(Chosen(since, cost))
        told.append((since, Bought(days, rhythm, aligned, moment, tuple(choices), days)))
    if draw(st.booleans()):
        day = first + DAY * draw(st.integers(at[-1] if at else 0, days.days - 1))
        told.append((day, replace(told[-1][1], cut_on=day)))
    return told


def asking(bought: Bought, today: date, asked: Asked) -> None:
    """As the invoices of a day would be made."""
    for period in due_by(bought, today):
        known = asked.setdefault(period, {})
        left = rest(owed(bought, period), known)
        if sum(each.net for each in left):
            for each in left:
                known[each.key, each.cents] = known.get((each.key, each.cents), 0) + each.net


def sums(asked: Asked) -> int:
    return sum(sum(known.values()) for known in asked.values())


@given(histories(), st.lists(st.integers(0, 400), max_size=6))
def test_invoices_and_credit_notes_sum_to_what_is_owed(told: list[tuple[date, Bought]], runs: list[int]) -> None:
    """However often it is asked, and however late."""
    asked: Asked = {}
    first = told[0][0]
    for day in sorted({*(first + DAY * after for after in runs), *(day for day, _ in told)}):
        stands = [bought for since, bought in told if since <= day]
        asking(stands[-1], day, asked)
        asking(stands[-1], day, asked)
    last = told[-1][1]
    asking(last, last.days.last + DAY, asked)
    assert sums(asked) == total(last) >= 0


@given(histories())
def test_nothing_is_asked_for_that_is_not_owed(told: list[tuple[date, Bought]]) -> None:
    last = told[-1][1]
    for period in last.periods:
        assert net(owed(last, period)) >= 0
        assert rest(owed(last, period), {(p.key, p.cents): p.net for p in merged(owed(last, period))}) == ()


@given(histories(), st.data())
def test_a_cut_splits_to_the_whole(told: list[tuple[date, Bought]], data: st.DataObject) -> None:
    """One payer until a day, another from it: together they owe what one would have."""
    whole = replace(told[-1][1], cut_on=None)
    day = whole.days.first + DAY * data.draw(st.integers(0, whole.days.days - 1))
    before = replace(whole, cut_on=day)
    rights = [each for each in whole.choices if each.since <= day][-1]
    later = tuple(each for each in whole.choices if each.since > day)
    after = replace(whole, days=Period(day, whole.days.last), choices=(replace(rights, since=day), *later))
    assert total(before) + total(after) == total(whole)


@given(histories())
def test_an_unchanged_year_costs_its_price(told: list[tuple[date, Bought]]) -> None:
    """Twelve months from a day are a whole; what is aligned pays the days that are left of its year."""
    bought = told[0][1]
    listed = bought.choices[0].price.net
    if bought.rhythm is Rhythm.YEARLY:
        year = Period(date(bought.days.first.year, 1, 1), date(bought.days.first.year, 12, 31))
        whole = year if bought.aligned else bought.days
        assert total(bought) == sum(share(i.cents, whole, bought.days) for i in bought.choices[0].price.items)
        if not bought.aligned:
            assert total(bought) == listed
    elif bought.days.first.day == 1 and not bought.aligned:
        assert total(bought) == 12 * listed


def merged(parts: Iterable[Part]) -> list[Part]:
    found: dict[tuple[str, int], Part] = {}
    for part in parts:
        known = found.get((part.key, part.cents))
        found[part.key, part.cents] = replace(part, net=part.net + (known.net if known else 0))
    return list(found.values())


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_the_last_choice_of_a_day_counts(db: None, rhythm: Rhythm) -> None:
    book = PriceVersion.objects.published().get(number=1).book
    days = term_of(date(2027, 1, 1), aligned=True)
    one, two, three = (
        price(book, population=800, rhythm=rhythm, modules=each) for each in (["news"], ["news", "alerts"], ["alerts"])
    )
    noon = date(2027, 5, 20)
    bought = Bought(
        days, rhythm, True, "start", (Chosen(days.first, one), Chosen(noon, two), Chosen(noon, three)), days
    )
    assert bought.used() == ((Period(days.first, noon - DAY), one), (Period(noon, days.last), three))
