"""The rows of notifications: claimed in batches, and written with what became of each."""

import json
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from core.delivery.models import DeliveryState, Device, OutgoingPush
from core.delivery.push.posting import Outcome, Parcel, sealed
from core.delivery.quiet import is_quiet, when_awake
from core.delivery.retrying import next_try
from core.readership import Channel, with_channel

BATCH = 200
LEASE = timedelta(minutes=2)
SAFE = 90  # seconds of the lease in which a notification may be handed over; an answer comes before the rest is spent
ORDER = ("-urgent", "not_before", "pk")

_WRITE = """
update delivery_outgoingpush as push
set state = came.state, last_error = came.error, attempts = came.attempts, done_at = came.done_at,
    not_before = coalesce(came.again, push.not_before), leased_until = null
from unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[])
     as came (id, lease, state, error, attempts, done_at, again)
where push.id = came.id and push.state = 'sending' and push.leased_until = came.lease
"""
_HEARD = "update delivery_device set seen_at = %s where id = any(%s::uuid[]) and seen_at < %s"


def sweep() -> None:
    """Settle what is not worth sending any more, or has nowhere to go."""
    now = timezone.now()
    open_ones = OutgoingPush.objects.open()
    open_ones.filter(expires_at__lte=now).update(state=DeliveryState.EXPIRED, done_at=now, leased_until=None)
    open_ones.filter(device=None).update(state=DeliveryState.PERMANENT, done_at=now, leased_until=None)


def claim(sender: str, safe: float = SAFE) -> list[Parcel]:
    """Take a batch for this worker alone, until its lease ends; what is urgent first, and alone at night."""
    now, until = timezone.now(), time.monotonic() + safe
    with transaction.atomic():
        rows = OutgoingPush.objects.open().free(now).filter(not_before__lte=now, device__isnull=False)
        if is_quiet(now):
            rows = rows.filter(urgent=True)
        held = rows.order_by(*ORDER).select_for_update(of=("self",), skip_locked=True)
        found = list(held.values_list(*_ASKED)[:BATCH])
        mine = OutgoingPush.objects.filter(pk__in=[key for key, *_ in found])
        mine.update(state=DeliveryState.SENDING, leased_until=now + LEASE)
    return [_parcel(each, sender, now + LEASE, until) for each in found]


_ASKED = (
    "pk", "receipt", "urgent", "expires_at", "attempts", "device", "device__endpoint", "device__p256dh", "device__auth",
    "announcement", "announcement__title", "announcement__text", "announcement__url",
)  # fmt: skip


def _parcel(found: tuple[Any, ...], sender: str, lease: datetime, until: float) -> Parcel:
    """Of a row in the order of _ASKED."""
    key, receipt, urgent, expires_at, attempts, device, endpoint, p256dh, auth, told, title, text, url = found
    message = payload(words(told, title, text, url, sender), receipt)
    return Parcel(
        key=key,
        lease=lease,
        until=until,
        announcement=told,
        urgent=urgent,
        expires_at=expires_at,
        attempts=attempts,
        device=device,
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        message=message,
        body=sealed(message, p256dh, auth),
    )


def payload(told: bytes, receipt: UUID) -> bytes:
    """What the service worker shows and opens, and the number by which it says so."""
    return b'%s, "receipt": "%s"}' % (told[:-1], receipt.hex.encode())


@lru_cache(maxsize=100)
def words(told: UUID, title: str, text: str, url: str, sender: str) -> bytes:
    """What all the devices of an announcement are told, as JSON."""
    said = {
        "title": title,
        "body": text,
        "sender": sender,
        "url": with_channel(url, Channel.PUSH),
        "tag": told.hex,
    }
    return json.dumps(said, ensure_ascii=False).encode()


@transaction.atomic
def write(outcomes: Sequence[Outcome]) -> None:
    """Write what became of those that are still held, in one statement; forget the devices that are gone."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*(_row(each, now) for each in outcomes), strict=True)])
    gone = [each.parcel.device for each in outcomes if each.state == DeliveryState.PERMANENT]
    if gone:
        Device.objects.filter(pk__in=gone).delete()
    heard = [each.parcel.device for each in outcomes if each.state == DeliveryState.ACCEPTED]
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [now, heard, now - timedelta(days=1)])


def _row(outcome: Outcome, now: datetime) -> tuple[object, ...]:
    """In the order of _WRITE."""
    parcel, state, attempts, again = outcome.parcel, outcome.state, outcome.parcel.attempts, None
    if state == DeliveryState.TEMPORARY:
        attempts += outcome.tried
        again = next_try(max(1, attempts), outcome.after, now, urgent=parcel.urgent, awake=not parcel.urgent)
        if again >= parcel.expires_at:
            state, again = DeliveryState.EXPIRED, None
    done_at = None if again or state == DeliveryState.CREATED else now
    return parcel.key, parcel.lease, state.value, outcome.error[:300], attempts, done_at, again


def next_run() -> datetime | None:
    """When one of those that wait may leave: what is not urgent, not at night. None when none waits."""
    waiting = OutgoingPush.objects.open()
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    at_once = waiting.filter(urgent=True).aggregate(at=Min(free_at))["at"]
    by_day = waiting.filter(urgent=False).aggregate(at=Min(free_at))["at"]
    moments = [at_once, by_day and when_awake(max(by_day, timezone.now()))]
    return min((moment for moment in moments if moment), default=None)
