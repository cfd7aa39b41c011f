"""When what is ordered now would begin, and what it would go on from."""

from dataclasses import dataclass
from datetime import date, timedelta

from billing.models import Choice, Subscription, Term
from billing.prices import Rhythm
from billing.queries.days import local_today

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Beginning:
    """`term` is the one that it follows, None for a first order; `trial_until` while the trial runs."""

    start: date
    term: Term | None
    trial_until: date | None
    modules: frozenset[str]
    rhythm: str


def beginning(subscription: Subscription, today: date | None = None) -> Beginning:
    """The day after all that is paid, or tried, already: nobody pays a day twice."""
    day = today or local_today(subscription.commune)
    term = last_term(subscription)
    modules = chosen(term)
    rhythm = term.rhythm if term else Rhythm.YEARLY.value
    if term is not None and end_of(term) >= day:
        return Beginning(end_of(term) + DAY, term, None, modules, rhythm)
    if subscription.ended_on is None and subscription.trial_until >= day:
        return Beginning(subscription.trial_until + DAY, None, subscription.trial_until, modules, rhythm)
    return Beginning(day, None, None, modules, rhythm)


def last_term(subscription: Subscription) -> Term | None:
    return subscription.terms.order_by("-last").first()


def end_of(term: Term) -> date:
    """The last day that it pays."""
    return term.cut_on - DAY if term.cut_on else term.last


def chosen(term: Term | None) -> frozenset[str]:
    """The modules of its last choice."""
    found = Choice.objects.filter(term=term).order_by("-since", "-id").first() if term else None
    return frozenset(found.modules) if found else frozenset()
