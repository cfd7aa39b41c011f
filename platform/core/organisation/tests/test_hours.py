from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.organisation.hours import hours_of, span, status

PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Slot:
    weekday: int
    opens: time
    closes: time
    weeks: str = "every"


@dataclass
class Period:
    first_day: date
    last_day: date
    opens: time | None = None
    closes: time | None = None
    reason: str = "Congés"


WEEK = [Slot(1, time(9), time(12)), Slot(1, time(14), time(17, 30)), Slot(3, time(14), time(17))]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (at(24, 8, 59), "Fermé, ouvre à 9 h"),
        (at(24, 9), "Ouvert jusqu’à 12 h"),
        (at(24, 11, 59), "Ouvert jusqu’à 12 h"),
        (at(24, 12), "Fermé, ouvre à 14 h"),
        (at(24, 17), "Ouvert jusqu’à 17 h 30"),
        (at(24, 18), "Fermé, ouvre jeudi à 14 h"),
        (at(25, 10), "Fermé, ouvre demain à 14 h"),
        (at(26, 20), "Fermé, ouvre mardi à 9 h"),
    ],
)
def test_it_says_whether_it_is_open_and_what_comes_next(now: datetime, sentence: str) -> None:
    assert status(now, WEEK, [], "06").sentence(now) == sentence


def test_slots_that_touch_are_one_opening() -> None:
    slots = [Slot(1, time(9), time(12)), Slot(1, time(12), time(17))]
    assert status(at(24, 10), slots, [], "06").until == time(17)


def test_a_holiday_closes() -> None:
    slots = [Slot(2, time(9), time(12))]
    found = hours_of(date(2026, 11, 11), slots, [], "06")
    assert (found.spans, found.reason) == ((), "Armistice")
    assert hours_of(date(2026, 11, 18), slots, [], "06").spans


def test_a_period_of_the_mairie_wins_over_the_week_and_over_a_holiday() -> None:
    slots = [Slot(2, time(9), time(12))]
    open_on_holiday = Period(date(2026, 11, 11), date(2026, 11, 11), time(10), time(11), "Cérémonie")
    assert hours_of(date(2026, 11, 11), slots, [open_on_holiday], "06").spans == ((time(10), time(11)),)
    closed = Period(date(2026, 11, 16), date(2026, 11, 20))
    assert hours_of(date(2026, 11, 18), slots, [closed], "06").spans == ()


def test_a_long_closing_says_the_day_it_opens_again() -> None:
    closed = Period(date(2026, 11, 24), date(2026, 12, 7))
    assert status(at(24, 10), WEEK, [closed], "06").sentence(at(24, 10)) == "Fermé, ouvre le mardi 8 décembre à 9 h"


def test_what_never_opens_says_only_closed() -> None:
    assert status(at(24, 10), [], [], "06").sentence(at(24, 10)) == "Fermé"


@pytest.mark.parametrize(
    ("weeks", "days"),
    [("even", [10, 24]), ("odd", [3, 17]), ("first", [3]), ("third", [17]), ("every", [3, 10, 17, 24])],
)
def test_a_slot_may_stand_in_some_weeks_only(weeks: str, days: list[int]) -> None:
    slot = Slot(1, time(9), time(12), weeks)
    assert [day for day in (3, 10, 17, 24) if hours_of(date(2026, 11, day), [slot], [], "06").spans] == days


def test_the_clock_of_the_commune_counts() -> None:
    reunion = datetime(2026, 11, 24, 6, 30, tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo("Indian/Reunion"))
    assert status(reunion, WEEK, [], "974").is_open


def test_hours_read_as_french_writes_them() -> None:
    assert span((time(8, 30), time(12))) == "8 h 30 – 12 h"
