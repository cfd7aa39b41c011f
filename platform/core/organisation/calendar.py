"""Public holidays and working days, by département: Alsace-Moselle and overseas have their own."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays

_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "984": "TF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
} | {code: code for code in ("971", "972", "973", "974", "976")}
SUNDAY = 6


@cache
def public_holidays(departement: str, year: int) -> Mapping[date, str]:
    """The holidays of a year where the commune is, with their names in French."""
    return dict(
        holidays.country_holidays("FR", subdiv=_SUBDIVISIONS.get(departement), years=year, language="fr").items()
    )


def holiday_on(day: date, departement: str) -> str:
    """The holiday's name, empty on an ordinary day."""
    return public_holidays(departement, day.year).get(day, "")


def is_working_day(day: date, departement: str) -> bool:
    """A day that counts in the deadlines of an administration: Monday to Friday, no holiday."""
    return day.weekday() < SUNDAY - 1 and not holiday_on(day, departement)


def after_working_days(start: date, count: int, departement: str) -> date:
    """The day that ends a deadline of `count` working days; the day it starts does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, departement)
    return day
