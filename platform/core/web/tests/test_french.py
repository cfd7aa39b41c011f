from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from core.web.french import day, day_and_time, unbroken, until


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "1er décembre 2026"),
        (datetime(2026, 12, 2, 12, tzinfo=UTC), "2 décembre 2026"),
        (datetime(2027, 8, 21, 12, tzinfo=UTC), "21 août 2027"),
    ],
)
def test_the_first_day_of_a_month_is_an_ordinal(moment: datetime, said: str) -> None:
    assert day(moment) == said


def test_an_hour_on_the_hour_has_no_minutes() -> None:
    moment = datetime(2026, 12, 1, 7, tzinfo=UTC)
    assert day_and_time(moment) == "mardi 1er décembre 2026 à 8\u00a0h"
    assert day_and_time(moment.replace(minute=5)) == "mardi 1er décembre 2026 à 8\u00a0h\u00a005"


def test_a_date_is_that_of_the_place() -> None:
    moment = datetime(2026, 12, 31, 21, tzinfo=UTC)
    with timezone.override("Indian/Reunion"):
        assert day_and_time(moment) == "vendredi 1er janvier 2027 à 1\u00a0h"


def test_no_line_break_cuts_a_time() -> None:
    assert unbroken("Conseil : « oui » ?") == "Conseil\u00a0: «\u00a0oui\u00a0»\u00a0?"
    assert unbroken("8 h 30 à 12 h, 2 haies") == "8\u00a0h\u00a030 à 12\u00a0h, 2 haies"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 12, 1, 21, tzinfo=UTC), "jusqu’à 22\u00a0h"),
        (datetime(2026, 12, 1, 23, 15, tzinfo=UTC), "jusqu’à demain, 0\u00a0h\u00a015"),
        (datetime(2026, 12, 4, 7, tzinfo=UTC), "jusqu’au vendredi 4 décembre à 8\u00a0h"),
    ],
)
def test_an_end_is_said_as_near_as_it_is(moment: datetime, said: str) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        assert until(moment) == said
