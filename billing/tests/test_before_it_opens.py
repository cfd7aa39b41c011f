"""While a space waits for the operator's word, no day of a trial passes and nothing that was ordered is asked for."""

from datetime import date, timedelta

import pytest

from billing.actions.entitling import begin_service
from billing.actions.merging import merge
from billing.models import Invoice, Subscription, Term
from billing.prices import Period, share, year_of
from billing.queries.books import book_in_force
from billing.queries.owing import total
from billing.queries.situation import standing_of
from billing.queries.standing import State
from billing.queries.terms import bought, days_of, terms_of
from billing.tests.living import DAY, letters, of, on, ordered, run, trying
from tenants.lifecycle import activate
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
OVER = LAST + DAY


def test_no_day_of_a_trial_passes_while_its_mandate_waits(cast: Cast) -> None:
    doux = trying(cast.doux, FIRST, LAST)
    for day in (LAST + each * DAY for each in range(-10, 3)):
        run(doux, day)
    whole = timedelta(days=book_in_force().trial_days - 1)
    assert of(cast.doux).trial_until == LAST + 2 * DAY + whole
    with on(LAST + 2 * DAY, doux):
        assert standing_of(of(cast.doux)).state is State.TRIAL
    assert letters() == []


def test_a_trial_that_an_order_follows_keeps_its_days(cast: Cast) -> None:
    doux = trying(cast.doux, FIRST, LAST)
    ordered(doux, OVER, date(2027, 12, 31), ["news"])
    run(doux, LAST)
    assert of(cast.doux).trial_until == LAST


def accepted(cast: Cast, day: date) -> Subscription:
    """The operator accepts the mandate of the commune that waits."""
    doux = of(cast.doux)
    with on(day, doux):
        activate(space=cast.doux.space)
        begin_service(cast.doux.space, author="op")
    return of(cast.doux)


@pytest.mark.parametrize("moment", ["start", "end"])
def test_what_was_ordered_before_a_space_opens_is_given_and_asked_for_from_its_opening(cast: Cast, moment: str) -> None:
    ordered(trying(cast.doux, FIRST, FIRST - DAY), FIRST, date(2027, 12, 31), ["news"], moment=moment, aligned=True)
    run(of(cast.doux), date(2027, 4, 1))
    assert not Invoice.objects.exists()
    found = accepted(cast, date(2027, 4, 10))
    (term,) = found.terms.all()
    assert (term.first, term.last) == (date(2027, 4, 10), date(2027, 12, 31))
    run(found, date(2028, 1, 1))
    assert Invoice.objects.get().net == total(bought(term))


def test_twelve_months_stay_twelve_months_and_what_follows_still_follows(cast: Cast) -> None:
    doux = trying(cast.doux, FIRST, FIRST - DAY)
    ordered(doux, FIRST, date(2027, 12, 31), ["news"])
    ordered(doux, date(2028, 1, 1), date(2028, 12, 31), ["news"])
    found = accepted(cast, date(2027, 4, 10))
    days = [(each.first, each.last) for each in found.terms.order_by("first")]
    assert days == [(date(2027, 4, 10), date(2028, 4, 9)), (date(2028, 4, 10), date(2029, 4, 9))]


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("handed_over", [date(2026, 12, 1), date(2027, 2, 1), date(2027, 6, 1)])
def test_what_another_pays_from_a_day_on_is_given_from_the_opening_too(
    cast: Cast, handed_over: date, aligned: bool
) -> None:
    doux = trying(cast.doux, FIRST, FIRST - DAY)
    ordered(doux, FIRST, date(2027, 12, 31), ["news"], aligned=aligned, moment="start")
    other = of(cast.aubin).account
    with on(FIRST, doux):
        merge(subscription=doux, into=other, on=handed_over, author="op")
    found = accepted(cast, date(2027, 4, 10))
    last = date(2027, 12, 31) if aligned else date(2028, 4, 9)
    given = [each for each in terms_of(found) if days_of(each)]
    days = [day for each in given for day in days_of(each) or ()]
    assert days == list(Period(date(2027, 4, 10), last))
    assert given[-1].account == other
    listed = bought(given[-1]).choices[-1].price.net
    whole = listed if not aligned else share(listed, year_of(FIRST), Period(date(2027, 4, 10), last))
    assert abs(sum(total(bought(each)) for each in terms_of(found)) - whole) < 3


def test_what_was_cut_before_the_opening_is_asked_of_nobody(cast: Cast) -> None:
    doux = trying(cast.doux, FIRST, FIRST - DAY)
    gone = ordered(doux, FIRST, date(2027, 12, 31), ["news"], aligned=True, moment="start")
    Term.objects.filter(pk=gone.pk).update(cut_on=date(2027, 2, 1), cut_by="op")
    kept = ordered(doux, date(2027, 2, 1), date(2027, 12, 31), ["news"], aligned=True, moment="start")
    found = accepted(cast, date(2027, 4, 10))
    run(found, date(2027, 4, 10))
    assert [list(each.terms.all()) for each in Invoice.objects.all()] == [[kept]]


def test_the_rest_of_a_year_that_is_over_before_the_opening_is_asked_of_nobody(cast: Cast) -> None:
    ordered(trying(cast.doux, FIRST, FIRST - DAY), FIRST, date(2027, 12, 31), ["news"], moment="start", aligned=True)
    found = accepted(cast, date(2028, 1, 3))
    run(found, date(2028, 1, 4))
    assert not Invoice.objects.exists()
