"""A mairie that says it will order no more, takes it back, or leaves at once."""

from datetime import date

import pytest

from billing.actions.ending import Over, end_now, keep_on, stop_renewal
from billing.models import Subscription, Term
from billing.queries.situation import standing_of
from billing.queries.standing import State
from billing.tests.living import DAY, letters, of, on, ordered, run, trying
from core.accounts.models import User
from core.audit.models import Entry
from core.tenancy.context import enter
from tenants.models import Space
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
OVER = LAST + DAY


@pytest.fixture
def subscription(cast: Cast) -> Subscription:
    found = trying(cast.aubin, FIRST, LAST)
    ordered(found, OVER, date(2027, 12, 31), ["news", "alerts"])
    return found


def verbs(cast: Cast) -> list[str]:
    with enter(cast.aubin.schema_name):
        return [each for each in Entry.objects.order_by("at").values_list("verb", flat=True) if "billing" in each]


def test_who_orders_no_more_keeps_all_until_the_last_day(subscription: Subscription, cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.administrator.id)
    with on(OVER, subscription):
        days = {stop_renewal(subscription=subscription, author=author) for _ in range(2)}
    assert days == {date(2028, 1, 1)}
    assert verbs(cast) == ["billing.renewal_stopped"]
    run(subscription, date(2027, 12, 31))
    assert cast.aubin.space.state == Space.State.ACTIVE
    run(subscription, date(2028, 1, 1))
    assert cast.aubin.space.state == Space.State.READ_ONLY
    assert of(cast.aubin).end_reason == Subscription.EndReason.ASKED


def test_it_is_taken_back_until_that_day(subscription: Subscription, cast: Cast) -> None:
    with on(OVER, subscription):
        stop_renewal(subscription=subscription, author="maire@exemple.fr")
        for _ in range(2):
            keep_on(subscription=subscription, author="maire@exemple.fr")
        assert of(cast.aubin).ended_on is None
        stop_renewal(subscription=subscription, author="maire@exemple.fr")
    assert verbs(cast) == ["billing.renewal_stopped", "billing.renewal_kept", "billing.renewal_stopped"]
    run(subscription, date(2028, 1, 1))
    with on(date(2028, 1, 1), subscription), pytest.raises(Over):
        keep_on(subscription=of(cast.aubin), author="a")
    with on(date(2028, 1, 1), subscription), pytest.raises(Over):
        stop_renewal(subscription=of(cast.aubin), author="a")


def test_who_orders_again_has_not_stopped(subscription: Subscription, cast: Cast) -> None:
    with on(OVER, subscription):
        stop_renewal(subscription=subscription, author="a")
    ordered(subscription, date(2028, 1, 1), date(2028, 12, 31), ["news"])
    run(subscription, date(2028, 1, 1))
    with on(date(2028, 1, 1), subscription):
        assert standing_of(of(cast.aubin)).state is State.ACTIVE
    assert of(cast.aubin).ended_on is None


def test_who_leaves_at_once_may_still_read_and_is_told(subscription: Subscription, cast: Cast) -> None:
    later = ordered(subscription, date(2028, 1, 1), date(2028, 12, 31), ["news"])
    day = date(2027, 6, 1)
    with on(day, subscription):
        for _ in range(2):
            end_now(subscription=subscription, reason="Commune fusionnée", author="op@exemple.fr")
    run(subscription, day)
    assert cast.aubin.space.state == Space.State.READ_ONLY
    assert [each.cut_on for each in Term.objects.order_by("first")] == [day, later.first]
    assert any("se lit encore" in word for word in letters())
    assert verbs(cast) == ["billing.ended"]
