"""When what failed for now is tried again."""

import random
from datetime import datetime, timedelta
from typing import Final

from core.delivery.quiet import when_awake

FIRST_RETRY: Final = 20
LONGEST_RETRY: Final = 3600
FIRST_URGENT: Final = 4
LONGEST_URGENT: Final = 300


def next_try(attempts: int, asked: float, now: datetime, *, urgent: bool, awake: bool) -> datetime:
    """Later each time, not all at once; not before the service says (`asked`, in seconds); not at night if `awake`."""
    first, longest = (FIRST_URGENT, LONGEST_URGENT) if urgent else (FIRST_RETRY, LONGEST_RETRY)
    wait = min(first * 2 ** (min(attempts, 20) - 1), longest) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    if asked:
        wait = max(wait, asked + random.uniform(0, min(first, asked)))  # noqa: S311 - jitter
    later = now + timedelta(seconds=wait)
    return when_awake(later) if awake else later
