"""Which modules a commune may use, from when to when. Pure but for `stretches_of`, which reads the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from billing.models import Grant, Subscription, Term
from billing.prices import Period
from billing.queries.situation import standing_of, trial_of
from billing.queries.standing import KEPT, State
from billing.queries.terms import choices_of, days_of, terms_of

DAY = timedelta(days=1)


class Source(StrEnum):
    """What gives a right."""

    TRIAL = "trial"
    TERM = "term"
    GRANT = "grant"
    READ_ONLY = "readonly"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Modules that one source gives from a day to a day, both included; `last` None has no end."""

    source: Source
    first: date
    last: date | None
    modules: frozenset[str]

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


Rights = Mapping[tuple[str, Source], date | None]


def rights(stretches: Iterable[Stretch], today: date) -> Rights:
    """The last day of each right of today, None where it has no end.

    A module that goes on being given without a day between, by this source or another, does not end at their seam. What
    will stay to be read after the end has its right already: no page is missing at that midnight.
    """
    every = tuple(stretches)
    given = tuple(each for each in every if each.source is not Source.READ_ONLY)
    found: dict[tuple[str, Source], date | None] = {}
    for each in every:
        for module in each.modules:
            if each.source is not Source.READ_ONLY:
                if each.holds(today):
                    found[module, each.source] = last_day(given, module, today)
            elif each.holds(today) or _reaches(given, module, today, each.first):
                found[module, each.source] = each.last
    return found


def _reaches(given: Iterable[Stretch], module: str, today: date, day: date) -> bool:
    """Whether a module is given without a day between until another day."""
    last = last_day(given, module, today)
    return last is not None and today <= last and last + DAY >= day > today


def last_day(stretches: Iterable[Stretch], module: str, today: date) -> date | None:
    """The last of the days in a row, from today on, on which a module is given."""
    mine = sorted((each for each in stretches if module in each.modules), key=lambda each: each.first)
    reached = today - DAY
    for each in mine:
        if each.first <= reached + DAY:
            if each.last is None:
                return None
            reached = max(reached, each.last)
    return reached


def stretches_of(subscription: Subscription, today: date) -> list[Stretch]:
    """All that a commune has and will have; while an order waits for its answer, the trial goes on."""
    standing = standing_of(subscription, today)
    if standing.state is State.ERASED:
        return []
    found = _before_the_end(subscription)
    found += [_grant(each) for each in subscription.space.grants.all()] if subscription.space else []
    if standing.state in (State.READ_ONLY, State.ENDED):
        end = _end_of(found, today)
        until = standing.until if standing.state is State.READ_ONLY else None  # all is erased any moment
        found.append(Stretch(Source.READ_ONLY, end, until, _last_used(found, end)))
    elif standing.until is not None:
        end = standing.until + DAY
        found.append(Stretch(Source.READ_ONLY, end, end + (KEPT - 1) * DAY, _last_used(found, end)))
    elif standing.waiting:
        found.append(Stretch(Source.TRIAL, standing.since, None, _last_used(found, standing.since)))
    return found


def _end_of(stretches: Iterable[Stretch], today: date) -> date:
    """The first day on which nothing was given any more that was ordered, or tried."""
    over = [each.last for each in stretches if each.source is not Source.GRANT and each.last and each.last < today]
    return max(over, default=today - DAY) + DAY


def _before_the_end(subscription: Subscription) -> list[Stretch]:
    every: frozenset[str] = settings.CATALOGUE.slugs
    terms = terms_of(subscription)
    trial = trial_of(subscription, [days for each in terms if (days := days_of(each))])
    found = [Stretch(Source.TRIAL, trial.first, trial.last, every)] if trial else []
    found += [each for term in terms for each in _choices(term)]
    end = subscription.ended_on
    return [cut for each in found if (cut := _ending(each, end))]


def _ending(stretch: Stretch, end: date | None) -> Stretch | None:
    if end is None or stretch.last is None or stretch.source is not Source.TRIAL:
        return stretch
    days = Period(stretch.first, stretch.last).before(end) if stretch.first <= stretch.last else None
    return Stretch(stretch.source, days.first, days.last, stretch.modules) if days else None


def _choices(term: Term) -> list[Stretch]:
    """The last choice of a day counts, until that of a later day."""
    days = days_of(term)
    if days is None:
        return []
    last_of = {each.since: each.modules for each in choices_of(term)}
    since = sorted(last_of)
    found = []
    for day, following in zip(since, [*since[1:], days.last + DAY], strict=True):
        if day < following and (part := days.part(Period(day, following - DAY))):
            found.append(Stretch(Source.TERM, part.first, part.last, settings.CATALOGUE.closed(last_of[day])))
    return found


def _grant(grant: Grant) -> Stretch:
    first = grant.given_at.date() - DAY  # of whatever zone: what is given is given at once
    last = grant.until
    if grant.withdrawn_at is not None:
        last = first - DAY
    return Stretch(Source.GRANT, first, last, settings.CATALOGUE.closed([grant.module]))


def _last_used(stretches: Iterable[Stretch], day: date) -> frozenset[str]:
    """What was in use on the eve of a day: it stays to be read."""
    return frozenset(slug for each in stretches if each.holds(day - DAY) for slug in each.modules)
