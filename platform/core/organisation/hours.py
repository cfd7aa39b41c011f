"""Is it open now, until when, and when does it open again? Pure: slots, periods and a moment in; sentences out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from core.organisation.calendar import holiday_on
from core.web.french import WEEKDAYS, weekday_day

HORIZON = 28
Span = tuple[time, time]


class Slot(Protocol):
    weekday: int
    opens: time
    closes: time
    weeks: str


class Period(Protocol):
    first_day: date
    last_day: date
    opens: time | None
    closes: time | None
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """The hours of one day; `reason` says why they are not the usual ones."""

    date: date
    spans: tuple[Span, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Open or not at a moment; `until` when it closes, or `next` when it opens again within four weeks."""

    is_open: bool
    until: time | None = None
    next: datetime | None = None
    reason: str = ""

    def sentence(self, now: datetime) -> str:
        if self.is_open and self.until:
            return f"Ouvert jusqu’à {clock(self.until)}"
        if self.next is None:
            return "Fermé"
        days = (self.next.date() - now.date()).days
        when = {0: "", 1: "demain "}.get(days, f"{WEEKDAYS[self.next.weekday()]} ")
        if days > 6:
            when = f"le {weekday_day(self.next.date())} "
        return f"Fermé, ouvre {when}à {clock(self.next.time())}"


def hours_of(
    day: date, slots: Iterable[Slot], periods: Iterable[Period], departement: str, *, holidays_off: bool = True
) -> Day:
    """What is open that day: a period typed by the mairie wins over a holiday, a holiday over the week."""
    special = [period for period in periods if period.first_day <= day <= period.last_day]
    if special:
        opened = tuple(sorted((p.opens, p.closes) for p in special if p.opens and p.closes))
        closed = next((p for p in special if p.opens is None), None)
        return Day(day, () if closed else opened, (closed or special[0]).reason)
    if holidays_off and (name := holiday_on(day, departement)):
        return Day(day, (), name)
    return Day(day, tuple(sorted((slot.opens, slot.closes) for slot in slots if stands(slot, day))))


def stands(slot: Slot, day: date) -> bool:
    return slot.weekday == day.weekday() and in_weeks(slot.weeks, day)


def in_weeks(weeks: str, day: date) -> bool:
    """Whether a day is in one of these weeks: a value of `Weeks`."""
    match weeks:
        case "even":
            return day.isocalendar().week % 2 == 0
        case "odd":
            return day.isocalendar().week % 2 == 1
        case "first":
            return day.day <= 7
        case "third":
            return 15 <= day.day <= 21
        case _:
            return True


def status(now: datetime, slots: Iterable[Slot], periods: Iterable[Period], departement: str) -> Status:
    """`now` is in the commune's own time."""
    slots, periods = list(slots), list(periods)
    today, *following = list(days(now.date(), HORIZON, slots, periods, departement))
    for opens, closes in today.spans:
        if opens <= now.time() < closes:
            return Status(True, until=_last_close(today.spans, closes), reason=today.reason)
    for each in (today, *following):
        for opens, _closes in each.spans:
            moment = datetime.combine(each.date, opens, now.tzinfo)
            if moment > now:
                return Status(False, next=moment, reason=today.reason)
    return Status(False, reason=today.reason)


def days(first: date, count: int, slots: Iterable[Slot], periods: Iterable[Period], departement: str) -> Iterator[Day]:
    slots, periods = list(slots), list(periods)
    for step in range(count):
        yield hours_of(first + timedelta(days=step), slots, periods, departement)


def clock(moment: time) -> str:
    """« 9 h », « 14 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def span(hours: Span) -> str:
    return f"{clock(hours[0])} – {clock(hours[1])}"


def _last_close(spans: tuple[Span, ...], closes: time) -> time:
    """When slots touch, the day goes on: 9–12 and 12–17 close at 17."""
    for opens, later in spans:
        if opens == closes:
            closes = later
    return closes
