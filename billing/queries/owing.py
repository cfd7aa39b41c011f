"""What is owed for the days of a term, and what is still to be asked for. Pure: the same facts give the same cents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from billing.prices import Item, Period, Price, Rhythm, periods_of, share, whole_of

DAY = timedelta(days=1)
START = "start"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is used from a day on, at its listed price."""

    since: date
    price: Price


@dataclass(frozen=True, slots=True)
class Bought:
    """A term: `days` as it was ordered, `whole` what its price pays when it carries on another's, `cut_on` the first
    day that is no longer its own. `choices` come in order; the last of a day counts."""

    days: Period
    rhythm: Rhythm
    aligned: bool
    moment: str
    choices: tuple[Chosen, ...]
    whole: Period
    cut_on: date | None = None

    @property
    def given(self) -> Period | None:
        """Its days that are really given."""
        return self.days if self.cut_on is None else self.days.before(self.cut_on)

    @property
    def periods(self) -> tuple[Period, ...]:
        """What is invoiced apart."""
        return periods_of(self.days, self.rhythm)

    def asked_on(self, period: Period) -> date:
        """The first day on which a period may be invoiced."""
        if self.moment == START:
            return period.first
        last = period.last if self.cut_on is None else min(period.last, max(self.cut_on - DAY, period.first - DAY))
        return last + DAY

    def used(self) -> tuple[tuple[Period, Price], ...]:
        """Each choice with the days that it holds."""
        days = self.given
        if days is None:
            return ()
        last_of = {each.since: each.price for each in self.choices}
        since = sorted(last_of)
        spans = [(day, following - DAY) for day, following in pairwise(since)]
        spans += [(since[-1], days.last)] if since and since[-1] <= days.last else []
        held = ((Period(first, last).part(days), last_of[first]) for first, last in spans)
        return tuple((part, price) for part, price in held if part)


@dataclass(frozen=True, slots=True)
class Part:
    """What one item costs for some days: `cents` is its listed price, `whole` the days that this pays."""

    key: str
    cents: int
    days: Period
    whole: Period
    net: int


def owed(bought: Bought, period: Period) -> tuple[Part, ...]:
    """What each item costs in a period of a term; an item that goes on through a change is one part."""
    whole = whole_of(period, bought.rhythm, bought.whole, bought.aligned)
    found: list[Part] = []
    for days, price in bought.used():
        if part := days.part(period):
            for item in price.items:
                _join(found, item, part, whole)
    return tuple(found)


def _join(found: list[Part], item: Item, days: Period, whole: Period) -> None:
    for at, each in enumerate(found):
        if (each.key, each.cents) == (item.key, item.cents) and each.days.last + DAY == days.first:
            joined = Period(each.days.first, days.last)
            found[at] = Part(item.key, item.cents, joined, whole, share(item.cents, whole, joined))
            return
    found.append(Part(item.key, item.cents, days, whole, share(item.cents, whole, days)))


def net(parts: Iterable[Part]) -> int:
    return sum(each.net for each in parts)


def total(bought: Bought) -> int:
    """What the whole of a term costs."""
    return sum(net(owed(bought, period)) for period in bought.periods)


def due_by(bought: Bought, today: date) -> tuple[Period, ...]:
    """The periods that may be invoiced on a day, eldest first."""
    return tuple(period for period in bought.periods if bought.asked_on(period) <= today)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is still to be asked for under one name and listed price."""

    key: str
    cents: int
    net: int
    days: Period | None


def rest(parts: Iterable[Part], asked: Mapping[tuple[str, int], int]) -> tuple[Rest, ...]:
    """What is owed less what was asked for, by item and listed price."""
    known: dict[tuple[str, int], list[Part]] = {}
    for part in parts:
        known.setdefault((part.key, part.cents), []).append(part)
    found = []
    for name in dict.fromkeys([*known, *asked]):
        here = known.get(name, [])
        left = sum(part.net for part in here) - asked.get(name, 0)
        if left:
            days = here[0].days if len(here) == 1 else None
            found.append(Rest(*name, left, days))
    return tuple(found)
