"""Moments of the demo: texts and rows are dated from the day on which it is set up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone
from django.utils.formats import date_format

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = re.compile(rf"\{{({'|'.join(_WEEKDAYS)})([+-]\d+)\}}")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what the block does have happened then: rows, journal and versions are stamped by `timezone.now()`."""
    with patch.object(timezone, "now", lambda: moment):
        yield


def moment(now: datetime, day: float, number: int) -> datetime:
    """A moment `day` days from now: exact within a day, else in the mairie's hours, which `number` tells apart."""
    if abs(day) < 1:
        return now + timedelta(days=day)
    local = timezone.localtime(now + timedelta(days=day))
    return local.replace(hour=8 + number * 3 % 10, minute=number * 20 % 60, second=0, microsecond=0)


def dated(text: str, today: date) -> str:
    """Write `{samedi+3}` as the first Saturday from three days after today on: « samedi 5 décembre »."""

    def written(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found[2]))
        day += timedelta(days=(_WEEKDAYS.index(found[1]) - day.weekday()) % 7)
        return date_format(day, r"l 1\e\r F" if day.day == 1 else "l j F")

    return _DAY.sub(written, text)
