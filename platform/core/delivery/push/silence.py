"""Devices that take everything and show nothing: noticed, and told to whom they belong."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.actions import WATCH, send_email
from core.delivery.models import DeliveryState, Device, OutgoingPush
from core.delivery.push.receipts import EVERY
from core.delivery.quiet import is_quiet, when_awake
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry

logger = logging.getLogger(__name__)

URGENT, ANY = 3, 5  # taken and not shown
LONG = timedelta(days=14)
DAY = timedelta(days=1)
MANY = 20  # devices that cannot fall silent together while none shows anything: that is our fault


def watch_later(leaves_at: datetime) -> None:
    """Owe a look at the devices once they had time to show what leaves then."""
    due(WATCH, when_awake(leaves_at + DAY))


@transaction.atomic
def watch() -> datetime | None:
    """Mark the devices that fell silent and write to their owners; return when to look again, None when nothing was
    told."""
    now = timezone.now()
    if is_quiet(now):
        return when_awake(now)
    found = silent(now)
    rows = Device.objects.filter(pk__in=found, silent_since=None)
    if found and not _is_our_fault(len(found), now):
        people = set(rows.filter(user__isnull=False).values_list("user", flat=True))
        count = rows.update(silent_since=now)
        _tell(people)
        record("delivery.silent", devices=count)
    return when_awake(now + DAY) if OutgoingPush.objects.filter(device__isnull=False).exists() else None


def silent(now: datetime) -> list[UUID]:
    """The devices not marked yet that took so many in so long, none of which they showed. What came in the days that
    follow a showing is left out: another may have been shown then without being noted."""
    taken = OutgoingPush.objects.filter(
        state=DeliveryState.ACCEPTED, device__silent_since=None, done_at__gte=F("device__shown_at") + EVERY
    )
    counted = taken.order_by().values("device").annotate(
        count=Count("pk"), urgent_ones=Count("pk", filter=Q(urgent=True)), first=Min("done_at")
    )  # fmt: skip
    enough = Q(urgent_ones__gte=URGENT) | Q(count__gte=ANY)
    return list(counted.filter(enough, first__lte=now - LONG).values_list("device", flat=True))


def _is_our_fault(count: int, now: datetime) -> bool:
    shown = OutgoingPush.objects.filter(state=DeliveryState.DISPLAYED, done_at__gte=now - LONG)
    if count < MANY or shown.exists():
        return False
    logger.error("%s devices and no receipt in two weeks: receipts do not come in", count)
    return True


def _tell(people: set[UUID]) -> None:
    page = registry().sender(current().schema_name).home + "compte/avertissements/"
    for user in User.objects.filter(pk__in=people, is_active=True, verified_at__isnull=False):
        send_email("silent_device", to=user.email, context={"page": page})


def silent_devices(user: User) -> QuerySet[Device]:
    return Device.objects.filter(user=user, silent_since__isnull=False).order_by("created_at")


@transaction.atomic
def remove_silent(user: User) -> int:
    """Forget the devices of a person that show nothing any more; return how many."""
    count, _each = silent_devices(user).delete()
    return count
