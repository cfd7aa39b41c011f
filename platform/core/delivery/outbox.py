"""Emptying an outbox: claim, hand over on several connections at once, write each outcome.

A worker that is killed loses nothing: what it had in hand goes out again when its lease is over. Of these, the ones
that the server had taken and that were not written yet, a hundred at most, go out twice, under the same Message-ID.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from core.delivery.actions import MORE_MAILS, hold_back
from core.delivery.lanes import Lanes
from core.delivery.mail.claiming import BATCH, SAFE, claim, expire, next_run, write
from core.delivery.mail.letter import Letter, Outcome
from core.delivery.mail.posting import lane
from core.delivery.models import OutgoingEmail
from core.delivery.turns import LONGEST, Turn
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry


def empty_outbox(turn: float = LONGEST, *, safe: float = SAFE) -> datetime | None:
    """Send what waits; return when to look again, None when nothing is left.

    No batch is begun after `turn` seconds, and no e-mail so many `safe` seconds after its batch; a job of its own goes
    on.
    """
    expire()
    if not registry().may_write_to(current().schema_name):
        hold_back()  # written while it still might
    sender, mine = registry().sender(current().schema_name).name, Turn(MORE_MAILS, turn)
    lanes: Lanes[Letter, Outcome]
    with Lanes(lane, settings.EMAIL_CONNECTIONS) as lanes:
        lanes.drain(lambda: claim(sender, safe) if mine.goes_on else [], write, below=BATCH // 2)
    following = next_run()
    if following and following <= timezone.now():
        due(MORE_MAILS, urgent=OutgoingEmail.objects.open().filter(urgent=True).exists())  # behind those that wait
        return None
    return following
