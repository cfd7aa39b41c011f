"""Where a subscription stands: the rows that `standing` needs."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from billing.models import Order, Subscription
from billing.prices import Period
from billing.queries.days import local_today, zone_of
from billing.queries.money import late_since
from billing.queries.standing import DAY, Facts, Standing, standing
from billing.queries.terms import days_of, terms_of

READ_ONLY_TOLD = "read_only:"
BRIDGED = 92  # a quarter: an order of the last one of a year may begin with the next


def standing_of(subscription: Subscription, today: date | None = None) -> Standing:
    """Where it stands on a day, the commune's own today without one."""
    day = today or local_today(subscription.commune)
    return standing(facts_of(subscription, day), day)


def facts_of(subscription: Subscription, today: date) -> Facts:
    told = subscription.notices.filter(name__startswith=READ_ONLY_TOLD).order_by("-sent_at").first()
    return facts_from(
        subscription,
        tuple(days for each in terms_of(subscription) if (days := days_of(each))),
        waiting=waiting_order(subscription) is not None,
        late_since=late_since(subscription, today),
        told_at=told.sent_at if told else None,
    )


def facts_from(
    subscription: Subscription, terms: tuple[Period, ...], *, waiting: bool, late_since: date | None,
    told_at: datetime | None,
) -> Facts:  # fmt: skip
    """The same from what was read of several at once."""
    ended_on = subscription.ended_on
    if ended_on and any(days.last >= ended_on for days in terms):
        ended_on = None  # it was ordered again since
    return Facts(
        trial=trial_of(subscription, terms),
        terms=terms,
        ended_on=ended_on,
        waiting=waiting,
        late_since=late_since,
        told_on=told_at.astimezone(zone_of(subscription.commune)).date() if told_at else None,
        opened=subscription.space_id is not None or subscription.erased_at is not None,
        erased_on=subscription.erased_at.date() if subscription.erased_at else None,
    )


def trial_of(subscription: Subscription, terms: Sequence[Period]) -> Period | None:
    """The days of the trial. Of who ordered, it goes on until the first day ordered, where that is soon."""
    first, last = subscription.began_on, subscription.trial_until
    if last < first:
        return None
    ordered = min((days.first for days in terms), default=None)
    if ordered is not None and last < ordered <= last + BRIDGED * DAY:
        last = ordered - DAY
    return Period(first, last)


def waiting_order(subscription: Subscription) -> Order | None:
    """An order that was received for this commune and that nobody answered yet."""
    rows = Order.objects.filter(accepted_at__isnull=True, refused_at__isnull=True)
    mine = Q(quote__content__communes__contains=[{"insee": subscription.commune_id}])
    return rows.filter(mine).order_by("number").first()
