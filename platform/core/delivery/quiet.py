"""When a commune may disturb people for what is not an alert: from 8 to 21, at its own hour."""

from datetime import datetime, timedelta

from django.utils import timezone

MORNING, EVENING = 8, 21


def is_quiet(moment: datetime) -> bool:
    return not MORNING <= timezone.localtime(moment).hour < EVENING


def when_awake(moment: datetime) -> datetime:
    """This moment, or the morning that follows when people sleep."""
    there = timezone.localtime(moment)
    if not is_quiet(moment):
        return moment
    day = there.date() + timedelta(days=there.hour >= EVENING)
    return there.replace(year=day.year, month=day.month, day=day.day, hour=MORNING, minute=0, second=0, microsecond=0)
