"""What was told and need not be any more: what still waits of it does not leave."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.audit.actions import record
from core.delivery.models import HELD, OPEN, Announcement, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms
from core.delivery.sms.ending import end

CALLED_OFF = "called off"


@transaction.atomic
def call_off(*, topic: str, key: UUID, author: Any = None) -> int:
    """End what still waits of a told thing, and return how many that were. The rows stay, for the sums: they are
    expired, `called off`. What a worker holds just now may still leave; it is not tried again."""
    told = Announcement.objects.filter(topic=topic, key=key).first()
    if told is None:
        return 0
    now = timezone.now()
    count = _pushes(told, now) + _emails(told, now) + _texts(told, now)
    if count:
        record("delivery.called_off", target=told.title, author=author, rows=count)
    return count


def _pushes(told: Announcement, now: datetime) -> int:
    waiting = OutgoingPush.objects.open().filter(announcement=told)
    ended = {"state": DeliveryState.EXPIRED, "last_error": CALLED_OFF, "done_at": now, "leased_until": None}
    count = waiting.free(now).update(**ended)
    waiting.update(expires_at=now)
    return count


def _emails(told: Announcement, now: datetime) -> int:
    waiting = OutgoingEmail.objects.filter(announcement=told, state__in=[*OPEN, HELD])
    ended = {"state": DeliveryState.EXPIRED, "last_error": CALLED_OFF, "done_at": now, "leased_until": None}
    count = waiting.free(now).update(**ended)
    waiting.update(expires_at=now)
    return count


def _texts(told: Announcement, now: datetime) -> int:
    waiting = OutgoingSms.objects.filter(announcement=told)
    count = end(waiting, CALLED_OFF, f"{CALLED_OFF}: {told.title}")
    waiting.open().update(expires_at=now)
    return count
