"""The list of subscriptions says of each what its own page says."""

from datetime import date

import pytest

from billing.models import Subscription
from billing.queries.situation import standing_of
from billing.tests.living import DAY, of, on, ordered, trying
from console.subscriptions import subscription_rows
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 20), FIRST, LAST, LAST + DAY])
@pytest.mark.parametrize("ended_on", [None, date(2027, 6, 1), LAST + DAY])
def test_a_commune_stands_in_the_list_where_it_stands_alone(cast: Cast, day: date, ended_on: date | None) -> None:
    """Its trial is over some days before what it ordered; it had said that it would stop, or not."""
    aubin = trying(cast.aubin, date(2026, 10, 1), date(2026, 12, 10))
    ordered(aubin, FIRST, LAST, ["news"], aligned=True)
    Subscription.objects.filter(pk=aubin.pk).update(ended_on=ended_on)
    with on(day, aubin):
        (row,) = [each for each in subscription_rows() if each.commune == aubin.commune]
        assert row.standing == standing_of(of(cast.aubin))
