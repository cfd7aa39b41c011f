from datetime import date

import pytest

from core.organisation.calendar import after_working_days, holiday_on, is_working_day


@pytest.mark.parametrize(
    ("day", "departement", "name"),
    [
        (date(2026, 4, 3), "67", "Vendredi saint"),
        (date(2026, 4, 3), "68", "Vendredi saint"),
        (date(2026, 4, 3), "57", "Vendredi saint"),
        (date(2026, 4, 3), "54", ""),
        (date(2026, 12, 26), "57", "Saint-Étienne"),
        (date(2026, 12, 20), "974", "Abolition de l'esclavage"),
        (date(2026, 5, 22), "972", "Abolition de l'esclavage"),
        (date(2026, 5, 27), "971", "Abolition de l'esclavage"),
        (date(2026, 6, 10), "973", "Abolition de l'esclavage"),
        (date(2026, 4, 27), "976", "Abolition de l'esclavage"),
        (date(2026, 10, 9), "977", "Abolition de l'esclavage"),
        (date(2026, 5, 28), "978", "Abolition de l'esclavage"),
        (date(2026, 7, 29), "986", "Fête du Territoire"),
        (date(2026, 5, 27), "974", ""),
        (date(2026, 9, 24), "975", ""),
        (date(2026, 9, 24), "988", "Fête de la Citoyenneté"),
        (date(2026, 7, 14), "987", "Fête nationale"),
        (date(2026, 7, 14), "2A", "Fête nationale"),
        (date(2026, 7, 15), "06", ""),
    ],
)
def test_holidays_are_those_of_the_territory(day: date, departement: str, name: str) -> None:
    assert holiday_on(day, departement) == name


def test_a_saturday_is_no_working_day() -> None:
    assert not is_working_day(date(2026, 11, 21), "06")
    assert is_working_day(date(2026, 11, 23), "06")


def test_a_deadline_in_working_days_jumps_over_weekends_and_holidays() -> None:
    assert after_working_days(date(2026, 11, 10), 1, "06") == date(2026, 11, 12)
    assert after_working_days(date(2026, 4, 2), 1, "67") == date(2026, 4, 7)
    assert after_working_days(date(2026, 4, 2), 1, "06") == date(2026, 4, 3)
    assert after_working_days(date(2026, 11, 20), 0, "06") == date(2026, 11, 20)
