"""Where a subscription stands: told from facts and a day, and from nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from billing.prices import Period
from billing.queries.standing import Facts, Standing, State, standing

DAY = timedelta(days=1)
TRIAL = Period(date(2027, 1, 1), date(2027, 3, 1))
YEAR = Period(date(2027, 3, 2), date(2028, 3, 1))


def at(day: date, **facts: Any) -> Standing:
    return standing(Facts(**{"trial": TRIAL, **facts}), day)


CASES: dict[str, tuple[date, dict[str, Any], State, date | None]] = {
    "first day of the trial": (TRIAL.first, {}, State.TRIAL, TRIAL.last),
    "last day of the trial": (TRIAL.last, {}, State.TRIAL, TRIAL.last),
    "the day after it": (TRIAL.last + DAY, {}, State.READ_ONLY, TRIAL.last + 90 * DAY),
    "an order waits during the trial": (TRIAL.last, {"waiting": True}, State.ORDERED, TRIAL.last),
    "it still waits when the trial is over": (TRIAL.last + DAY, {"waiting": True}, State.ORDERED, None),
    "accepted, for later": (TRIAL.last, {"terms": (YEAR,)}, State.ORDERED, YEAR.last),
    "running": (YEAR.first, {"terms": (YEAR,)}, State.ACTIVE, YEAR.last),
    "61 days before the end": (YEAR.last - 61 * DAY, {"terms": (YEAR,)}, State.ACTIVE, YEAR.last),
    "60 days before the end": (YEAR.last - 60 * DAY, {"terms": (YEAR,)}, State.ENDING, YEAR.last),
    "the end is near, an order waits": (YEAR.last, {"terms": (YEAR,), "waiting": True}, State.ACTIVE, YEAR.last),
    "30 days late": (
        date(2027, 8, 1),
        {"terms": (YEAR,), "late_since": date(2027, 7, 2)},
        State.ACTIVE,
        YEAR.last,
    ),
    "31 days late": (date(2027, 8, 2), {"terms": (YEAR,), "late_since": date(2027, 7, 2)}, State.UNPAID, YEAR.last),
    "the day after the term": (YEAR.last + DAY, {"terms": (YEAR,)}, State.READ_ONLY, YEAR.last + 90 * DAY),
    "ended at once": (YEAR.first, {"ended_on": YEAR.first}, State.READ_ONLY, YEAR.first + 89 * DAY),
    "ended at once, in the trial": (TRIAL.last, {"ended_on": TRIAL.last}, State.READ_ONLY, TRIAL.last + 89 * DAY),
    "told long ago": (
        TRIAL.last + 91 * DAY,
        {"told_on": TRIAL.last + DAY},
        State.ENDED,
        TRIAL.last + 90 * DAY,
    ),
    "told long ago, an order waits": (
        TRIAL.last + 91 * DAY,
        {"told_on": TRIAL.last + DAY, "ended_on": TRIAL.last + DAY, "waiting": True},
        State.READ_ONLY,
        TRIAL.last + 90 * DAY,
    ),
    "nobody told the mairie yet": (TRIAL.last + 300 * DAY, {}, State.READ_ONLY, TRIAL.last + 389 * DAY),
    "between two terms": (
        date(2027, 3, 20),
        {"terms": (Period(date(2027, 4, 1), date(2027, 12, 31)),)},
        State.READ_ONLY,
        date(2027, 3, 31),
    ),
    "erased": (YEAR.last, {"erased_on": YEAR.first}, State.ERASED, None),
    "never opened": (YEAR.first, {"trial": None, "opened": False}, State.PROSPECT, None),
    "never opened, ordered": (YEAR.first, {"trial": None, "opened": False, "waiting": True}, State.ORDERED, None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_state_is_told_from_the_facts(case: str) -> None:
    day, facts, state, until = CASES[case]
    found = at(day, **facts)
    assert (found.state, found.until) == (state, until)


def test_nothing_is_erased_before_a_term_that_comes_nor_while_an_order_waits() -> None:
    later = Period(date(2027, 4, 1), date(2027, 12, 31))
    assert at(date(2027, 3, 20), terms=(later,)).erased_after is None
    assert at(TRIAL.last + DAY, ended_on=TRIAL.last + DAY, waiting=True).erased_after is None
    assert at(TRIAL.last + DAY).erased_after == TRIAL.last + 90 * DAY


days = some.dates(date(2026, 6, 1), date(2030, 1, 1))
periods = some.builds(lambda first, length: Period(first, first + length * DAY), days, some.integers(0, 400))


@given(terms=some.lists(periods, max_size=4), day=days, late=some.none() | days, waiting=some.booleans())
def test_a_day_that_was_ordered_is_written_in_however_late_its_invoices(
    terms: list[Period], day: date, late: date | None, waiting: bool
) -> None:
    found = at(day, terms=tuple(terms), late_since=late, waiting=waiting)
    if any(day in each for each in (*terms, TRIAL)):
        assert found.writes
        assert found.state is not State.ENDED


@given(terms=some.lists(periods, max_size=4), day=days, told=some.none() | days, ended=some.none() | days)
def test_all_is_kept_for_ninety_days_after_the_mairie_was_told(
    terms: list[Period], day: date, told: date | None, ended: date | None
) -> None:
    found = at(day, terms=tuple(terms), told_on=told, ended_on=ended)
    if found.state is State.ENDED:
        assert told is not None
        assert day >= told + 90 * DAY
