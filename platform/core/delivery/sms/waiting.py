"""How long until an SMS is tried again."""

import random
from datetime import datetime, timedelta

from core.delivery.models import OutgoingSms
from core.delivery.quiet import when_awake

FIRST_RETRY, LONGEST_RETRY = 5, 300


def wait(attempts: int, asked: int = 0) -> timedelta:
    """Longer at each try, never the same for all, and not before the provider says."""
    own = min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    return timedelta(seconds=max(own, asked))


def when_allowed(sms: OutgoingSms, moment: datetime) -> datetime:
    """What is announced and no alert is not tried again at night; a code is asked for by who reads it."""
    return when_awake(moment) if sms.announcement_id and not sms.urgent else moment
