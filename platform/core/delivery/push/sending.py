"""Emptying the outbox of notifications: claim, seal, hand over, write each outcome."""

from datetime import datetime

from django.utils import timezone

from core.delivery.actions import PUSHES
from core.delivery.lanes import Lanes
from core.delivery.models import OutgoingPush
from core.delivery.push.claiming import BATCH, SAFE, claim, next_run, sweep, write
from core.delivery.push.posting import THREADS, poster
from core.delivery.push.vapid import can_push
from core.delivery.turns import LONGEST, Turn
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry


def empty_pushes(turn: float = LONGEST, *, safe: float = SAFE, rest: str = PUSHES) -> datetime | None:
    """Hand over what waits; return when to look again, None when nothing is left or nothing may leave.

    No batch is begun after `turn` seconds, and no notification so many `safe` seconds after its batch; the job `rest`
    goes on.
    """
    sweep()
    if not can_push() or not registry().may_write_to(current().schema_name):
        return None  # looked at again when the commune becomes active
    sender, mine = registry().sender(current().schema_name).name, Turn(rest, turn)
    with Lanes(poster, THREADS) as lanes:
        lanes.drain(lambda: claim(sender, safe) if mine.goes_on else [], write, below=BATCH // 2)
    following = next_run()
    if following and following <= timezone.now():
        due(rest, urgent=OutgoingPush.objects.open().filter(urgent=True).exists())  # behind those that wait
        return None
    return following
