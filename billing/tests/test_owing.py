"""Whatever is changed on the way, what is asked for in the end is what the term costs, to the cent."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from billing.prices import Item, Period, Price, Rhythm, term_of
from billing.queries.owing import Bought, Chosen, due_by, net, owed, rest, total

DAY = timedelta(days=1)
prices = st.lists(st.integers(0, 200_000), min_size=1, max_size=4)


@st.composite
def terms(draw: st.DrawFn) -> Bought:
    first = draw(st.dates(date(2027, 1, 1), date(2029, 12, 31)))
    rhythm, aligned = draw(st.sampled_from(Rhythm)), draw(st.booleans())
    days = term_of(first, aligned=aligned)
    since = [days.first, *draw(st.lists(st.dates(days.first, days.last), max_size=5))]
    choices = tuple(
        Chosen(day, Price(rhythm, tuple(Item(f"module:{at}", cents) for at, cents in enumerate(draw(prices)))))
        for day in sorted(since)
    )
    return Bought(days, rhythm, aligned, draw(st.sampled_from(["start", "end"])), choices, days)


def asked_by(bought: Bought, days: list[date], known: dict[Period, dict[tuple[str, int], int]]) -> int:
    """Ask, on each of these days, for what is due and was not asked for, as it is known that day."""
    sent = 0
    for day in days:
        seen = replace(bought, choices=tuple(each for each in bought.choices if each.since <= day))
        for period in due_by(seen, day):
            before = known.setdefault(period, {})
            for left in rest(owed(seen, period), before):
                before[left.key, left.cents] = before.get((left.key, left.cents), 0) + left.net
                sent += left.net
    return sent


@given(terms(), st.data())
def test_invoices_and_credit_notes_sum_to_what_the_term_costs(bought: Bought, data: st.DataObject) -> None:
    days = data.draw(st.lists(st.dates(bought.days.first, bought.days.last), max_size=6))
    sent = asked_by(bought, [*sorted(days), bought.days.last + DAY], {})
    assert sent == total(bought) >= 0


@given(terms(), st.data())
def test_a_term_that_somebody_else_goes_on_paying_is_split_to_the_cent(bought: Bought, data: st.DataObject) -> None:
    if bought.days.days < 2:
        return
    on = data.draw(st.dates(bought.days.first + DAY, bought.days.last))
    held = [each for each in bought.choices if each.since <= on][-1]
    later = tuple(each for each in bought.choices if each.since > on)
    following = replace(bought, days=Period(on, bought.days.last), choices=(Chosen(on, held.price), *later))
    assert total(replace(bought, cut_on=on)) + total(following) == total(bought)


@given(terms())
def test_asking_twice_asks_for_nothing_more(bought: Bought) -> None:
    known: dict[Period, dict[tuple[str, int], int]] = {}
    last = bought.days.last + DAY
    asked_by(bought, [last], known)
    assert asked_by(bought, [last], known) == 0
    assert all(net(owed(bought, period)) >= 0 for period in bought.periods)
