"""When the engine of a subscription runs next."""

from datetime import datetime, timedelta

from billing.models import Subscription
from billing.queries.days import local_today, start_of
from core.tenancy.context import entered
from core.tenancy.due import due

ADVANCE = "billing.advance"
DAY = timedelta(days=1)
_SPREAD = 6 * 60


def next_run(subscription: Subscription) -> datetime:
    """Early tomorrow, the commune's own; at midnight itself where a right ends or begins then, else spread over the
    first hours so that communes do not all come at once."""
    commune = subscription.commune
    morning = start_of(local_today(commune) + DAY, commune)
    if _turns(subscription, morning):
        return morning
    return morning + timedelta(minutes=1 + subscription.pk.int % _SPREAD)


def _turns(subscription: Subscription, morning: datetime) -> bool:
    """Whether something begins or ends with that day."""
    day, eve = morning.date(), morning.date() - DAY  # a trial that goes on until a term ends where it begins
    if subscription.trial_until == eve or subscription.ended_on == day:
        return True
    for term in subscription.terms.prefetch_related("choices"):
        if day in {term.first, term.cut_on, term.last + DAY} | {each.since for each in term.choices.all()}:
            return True
    grants = subscription.space.grants if subscription.space else None
    return bool(grants and grants.filter(until=eve, withdrawn_at=None).exists())


def plan(subscription: Subscription, when: datetime | None = None) -> None:
    """Owe the commune its next run, in the caller's transaction. A commune without a space is owed none."""
    if subscription.space is not None:
        with entered(subscription.space.here):
            due(ADVANCE, when or next_run(subscription))


def advance_soon(subscription: Subscription) -> None:
    """Owe the commune a run at once, in the caller's transaction."""
    if subscription.space is not None:
        with entered(subscription.space.here):
            due(ADVANCE)
