"""Days: what a term is, what is invoiced apart, what a part of it costs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.prices import Period, Rhythm, month_of, periods_of, share, term_of, whole_of, year_of

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PERIODS = st.builds(lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(0, 500))
CENTS = st.integers(-10_000_000, 10_000_000)


def of(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@given(CENTS, PERIODS, st.data())
def test_parts_that_follow_each_other_sum_to_the_whole(cents: int, whole: Period, data: st.DataObject) -> None:
    days = st.integers(1, whole.days)
    cuts = sorted(data.draw(st.sets(days, max_size=5)) - {whole.days})
    starts = [whole.first + timedelta(days=cut) for cut in (0, *cuts)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), whole.last]
    shares = [share(cents, whole, Period(first, last)) for first, last in zip(starts, ends, strict=True)]
    assert sum(shares) == cents
    assert all(each * cents >= 0 for each in shares)


@given(CENTS, PERIODS, st.data())
def test_a_part_is_within_a_cent_of_its_days_and_the_sign_changes_nothing(
    cents: int, whole: Period, data: st.DataObject
) -> None:
    begun = data.draw(st.integers(0, whole.days - 1))
    days = data.draw(st.integers(1, whole.days - begun))
    first = whole.first + timedelta(days=begun)
    part = Period(first, first + timedelta(days=days - 1))
    found = share(cents, whole, part)
    assert abs(found * whole.days - cents * days) <= whole.days
    assert share(-cents, whole, part) == -found


def test_a_part_outside_of_the_whole_is_refused() -> None:
    year = of("2027-01-01", "2027-12-31")
    for part in (of("2026-12-31", "2027-01-01"), of("2027-12-31", "2028-01-01")):
        with pytest.raises(ValueError, match="not inside"):
            share(100, year, part)


@given(DAYS, st.booleans(), st.sampled_from(Rhythm))
def test_a_term_is_at_most_a_year_and_its_periods_are_all_of_it(start: date, aligned: bool, rhythm: Rhythm) -> None:
    term = term_of(start, aligned=aligned)
    assert term.first == start
    assert 1 <= term.days <= 366
    periods = periods_of(term, rhythm)
    assert [day for period in periods for day in period] == list(term)
    for period in periods:
        whole = whole_of(period, rhythm, term, aligned)
        assert whole.part(period) == period


@given(DAYS, st.sampled_from(Rhythm), st.integers(0, 1_000_000))
def test_a_whole_year_costs_what_is_listed(start: date, rhythm: Rhythm, cents: int) -> None:
    term = term_of(start, aligned=False)
    paid = [share(cents, whole_of(each, rhythm, term, False), each) for each in periods_of(term, rhythm)]
    expected = cents if rhythm is Rhythm.YEARLY else 12 * cents
    assert abs(sum(paid) - expected) <= (0 if start.day == 1 or rhythm is Rhythm.YEARLY else cents // 10 + 1)


@pytest.mark.parametrize(
    ("start", "aligned", "last"),
    [
        ("2026-03-15", True, "2026-12-31"),
        ("2026-12-31", True, "2026-12-31"),
        ("2026-03-15", False, "2027-03-14"),
        ("2027-01-01", False, "2027-12-31"),
        ("2027-03-01", False, "2028-02-29"),
        ("2028-02-29", False, "2029-02-28"),
    ],
)
def test_the_end_of_a_term(start: str, aligned: bool, last: str) -> None:
    assert term_of(date.fromisoformat(start), aligned=aligned) == of(start, last)


def test_months_are_those_of_the_calendar() -> None:
    assert month_of(date(2026, 12, 5)) == of("2026-12-01", "2026-12-31")
    assert month_of(date(2028, 2, 29)) == of("2028-02-01", "2028-02-29")
    assert year_of(date(2028, 2, 29)) == of("2028-01-01", "2028-12-31")
    assert periods_of(of("2026-11-15", "2027-01-02"), Rhythm.MONTHLY) == (
        of("2026-11-15", "2026-11-30"),
        of("2026-12-01", "2026-12-31"),
        of("2027-01-01", "2027-01-02"),
    )


def test_what_the_listed_amount_pays() -> None:
    term = of("2027-03-15", "2027-12-31")
    assert whole_of(of("2027-03-15", "2027-03-31"), Rhythm.MONTHLY, term, True) == of("2027-03-01", "2027-03-31")
    assert whole_of(term, Rhythm.YEARLY, term, True) == of("2027-01-01", "2027-12-31")
    assert whole_of(term, Rhythm.YEARLY, term, False) == term


def test_a_period_is_cut_at_a_day() -> None:
    may, june = of("2027-05-01", "2027-05-31"), of("2027-06-01", "2027-06-30")
    assert may.part(june) is None
    assert may.since(date(2027, 5, 31)) == of("2027-05-31", "2027-05-31")
    assert may.since(date(2027, 4, 1)) == may
    assert may.since(date(2027, 6, 1)) is None
    assert may.before(date(2027, 5, 2)) == of("2027-05-01", "2027-05-01")
    assert may.before(date(2027, 5, 1)) is None
    assert may.before(date(2030, 1, 1)) == may
    assert date(2027, 5, 31) in may
    assert date(2027, 6, 1) not in may
    assert "May" not in may
    with pytest.raises(ValueError, match="no period"):
        of("2027-05-02", "2027-05-01")
