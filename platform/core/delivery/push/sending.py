"""Emptying the outbox of notifications: claim, seal, hand over, write each outcome."""

import time
from datetime import datetime

from django.utils import timezone

from core.delivery.actions import PUSHES
from core.delivery.push.claiming import BATCH, SAFE, claim, next_run, sweep, write
from core.delivery.push.posting import Posters
from core.delivery.push.vapid import can_push
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry

TURN = 20  # seconds, after which another commune has its turn


def empty_pushes(turn: float = TURN, *, safe: float = SAFE, rest: str = PUSHES) -> datetime | None:
    """Hand over what waits; return when to look again, None when nothing is left or nothing may leave.

    No batch is begun after `turn` seconds, and no notification so many `safe` seconds after its batch; the job `rest`
    goes on.
    """
    sweep()
    if not can_push() or not registry().may_write_to(current().schema_name):
        return None  # looked at again when the commune becomes active
    sender, end, more = registry().sender(current().schema_name).name, time.monotonic() + turn, True
    with Posters() as posters:
        while True:
            if more and posters.in_hand <= BATCH // 2:
                batch = claim(sender, safe) if time.monotonic() < end else []
                more = bool(batch)
                for parcel in batch:
                    posters.give(parcel)
            outcomes = posters.take()
            if not outcomes:
                break
            write(outcomes)
    following = next_run()
    if following and following <= timezone.now():
        due(rest)  # behind those that wait for a worker
        return None
    return following
