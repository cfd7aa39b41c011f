"""What failed for now is tried again later each time, and never all at once."""

from datetime import UTC, datetime

from django.utils import timezone

from core.delivery.retrying import FIRST_RETRY, LONGEST_RETRY, LONGEST_URGENT, next_try

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
LATE = datetime(2026, 11, 25, 21, tzinfo=UTC)


def waits(*, urgent: bool = False) -> list[float]:
    tries = range(1, 60)
    return [(next_try(each, 0, NOON, urgent=urgent, awake=False) - NOON).total_seconds() for each in tries]


def test_each_failure_waits_longer_up_to_an_hour_and_what_is_urgent_less() -> None:
    usual, urgent = waits(), waits(urgent=True)
    assert 0.8 * FIRST_RETRY <= usual[0] <= 1.2 * FIRST_RETRY
    assert usual[0] < usual[2] < usual[5]
    assert all(0.8 * LONGEST_RETRY <= wait <= 1.2 * LONGEST_RETRY for wait in usual[-20:])
    assert max(urgent) <= 1.2 * LONGEST_URGENT
    assert all(hurried < plain for hurried, plain in zip(urgent, usual, strict=True))
    assert len(set(usual)) == len(usual), "not all at the same moment"


def test_nothing_is_tried_before_the_service_says() -> None:
    asked = [next_try(1, 600, NOON, urgent=True, awake=False) for _ in range(50)]
    assert min(asked) >= NOON.replace(minute=10)


def test_what_may_not_disturb_waits_for_the_morning() -> None:
    night = next_try(9, 0, LATE, urgent=False, awake=True)
    assert timezone.localtime(night).hour == 8
    assert next_try(9, 0, LATE, urgent=False, awake=False) < night
