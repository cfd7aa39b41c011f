"""Days that are paid for: both ends are included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from billing.prices.rhythm import Rhythm

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.first} to {self.last} is no period")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + DAY * after for after in range(self.days))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def part(self, other: "Period") -> "Period | None":
        """What both hold."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def since(self, day: date) -> "Period | None":
        """What is left of it on that day."""
        return Period(max(day, self.first), self.last) if day <= self.last else None

    def before(self, day: date) -> "Period | None":
        """What is over on that day."""
        return Period(self.first, min(day - DAY, self.last)) if day > self.first else None


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Period(day.replace(day=1), following - DAY)


def year_of(day: date) -> Period:
    """The civil year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def term_of(start: date, *, aligned: bool) -> Period:
    """What an order that begins on this day buys: to the 31 December when aligned, else twelve months."""
    if aligned:
        return Period(start, date(start.year, 12, 31))
    leap_day = (start.month, start.day) == (2, 29)
    again = date(start.year + 1, 3, 1) if leap_day else start.replace(year=start.year + 1)
    return Period(start, again - DAY)


def periods_of(term: Period, rhythm: Rhythm) -> tuple[Period, ...]:
    """What is invoiced apart: each calendar month of the term, or the term."""
    if rhythm is Rhythm.YEARLY:
        return (term,)
    found, day = [], term.first
    while day <= term.last:
        month = month_of(day)
        found.append(Period(day, min(month.last, term.last)))
        day = month.last + DAY
    return tuple(found)


def whole_of(period: Period, rhythm: Rhythm, term: Period, aligned: bool) -> Period:
    """What the listed amount pays, of which `period` is a part."""
    if rhythm is Rhythm.MONTHLY:
        return month_of(period.first)
    return year_of(period.first) if aligned else term


def share(cents: int, whole: Period, part: Period) -> int:
    """What a part of a whole costs, to the day. Parts that follow each other sum to the cents of what they make up."""
    if part.first < whole.first or part.last > whole.last:
        raise ValueError(f"{part} is not inside {whole}")
    begun = (part.first - whole.first).days
    return _until(cents, whole.days, begun + part.days) - _until(cents, whole.days, begun)


def _until(cents: int, days: int, passed: int) -> int:
    """What the first days cost, half a cent up; the sign changes nothing."""
    size = (2 * abs(cents) * passed + days) // (2 * days)
    return -size if cents < 0 else size
