"""Emptying the outbox of notifications: claim, seal, hand over, write each outcome."""

import json
import random
from datetime import datetime, timedelta

import urllib3
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from core.delivery.models import Device, OutgoingPush, PushState
from core.delivery.push.registering import origin_of
from core.delivery.push.sealing import seal
from core.delivery.push.vapid import authorization, can_push, decoded
from core.delivery.quiet import is_quiet, when_awake
from core.readership import Channel, with_channel
from core.tenancy.here import current
from core.tenancy.registry import registry

BATCH = 100
LEASE = timedelta(minutes=2)
FIRST_RETRY, LONGEST_RETRY = 20, 3600
TIMEOUT = urllib3.Timeout(connect=5, read=10)
GONE = {404, 410}
ORDER = ("-urgent", "not_before", "pk")


def empty_pushes() -> datetime | None:
    """Hand over what waits; return when to look again, None when nothing is left or nothing may leave."""
    waiting, now = OutgoingPush.objects.open(), timezone.now()
    waiting.filter(expires_at__lte=now).update(state=PushState.EXPIRED, done_at=now)
    waiting.filter(device=None).update(state=PushState.PERMANENT, done_at=now)
    if not can_push() or not registry().may_write_to(current().schema_name):
        return None  # looked at again when the commune becomes active
    sender, pool = registry().sender(current().schema_name), urllib3.PoolManager(maxsize=1, timeout=TIMEOUT)
    while batch := claim():
        for push in batch:
            if still_ours(push):
                hand_over(push, sender.name, pool)
    pool.clear()
    return next_run(waiting)


def next_run(waiting: QuerySet[OutgoingPush]) -> datetime | None:
    """When one of those that wait may leave: what is not urgent, not at night."""
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    at_once = waiting.filter(urgent=True).aggregate(at=Min(free_at))["at"]
    by_day = waiting.filter(urgent=False).aggregate(at=Min(free_at))["at"]
    moments = [at_once, by_day and when_awake(max(by_day, timezone.now()))]
    return min((moment for moment in moments if moment), default=None)


def claim() -> list[OutgoingPush]:
    """Take a batch for this worker alone, until its lease ends."""
    now = timezone.now()
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        rows = OutgoingPush.objects.open().filter(free, not_before__lte=now)
        if is_quiet(now):
            rows = rows.filter(urgent=True)
        keys = list(
            rows.order_by("-urgent", "not_before", "pk").select_for_update(skip_locked=True).values_list("pk")[:BATCH]
        )
        mine = OutgoingPush.objects.filter(pk__in=[key for (key,) in keys])
        mine.update(state=PushState.SENDING, leased_until=now + LEASE)
    return list(mine.order_by(*ORDER).select_related("announcement", "device"))


def still_ours(push: OutgoingPush) -> bool:
    """Renew the lease just before sending: a slow batch outlives it, and another worker may hold the row by now."""
    lease = timezone.now() + LEASE
    same = OutgoingPush.objects.filter(pk=push.pk, state=PushState.SENDING, leased_until=push.leased_until)
    push.leased_until = lease
    return bool(same.update(leased_until=lease))


def hand_over(push: OutgoingPush, sender: str, pool: urllib3.PoolManager) -> None:
    """Give one to its push service, and write what came of it. Redirections are not followed: they lead anywhere."""
    device = push.device
    if device is None:
        return settle(push, PushState.PERMANENT)
    try:
        headers = _headers(push, origin_of(device.endpoint))
        body = seal(payload(push, sender), p256dh=decoded(device.p256dh), auth=decoded(device.auth))
        answer = pool.request("POST", device.endpoint, body=body, headers=headers, retries=False, redirect=False)
    except (ValidationError, ValueError) as error:
        return settle(push, PushState.TECHNICAL, f"{type(error).__name__}: {error}")
    except urllib3.exceptions.HTTPError as error:
        return put_off(push, type(error).__name__)
    told = f"{answer.status} {answer.data[:200].decode(errors='replace')}".strip()
    if 200 <= answer.status < 300:
        Device.objects.filter(pk=device.pk).update(seen_at=timezone.now())
        return settle(push, PushState.ACCEPTED)
    if answer.status in GONE:
        with transaction.atomic():
            settle(push, PushState.PERMANENT, told)
            device.delete()
        return None
    if answer.status == 429 or answer.status >= 500:
        return put_off(push, told, answer.headers.get("Retry-After", ""))
    return settle(push, PushState.TECHNICAL, told)


def payload(push: OutgoingPush, sender: str) -> bytes:
    """What the service worker shows and opens."""
    told = push.announcement
    said = {
        "title": told.title,
        "body": told.text,
        "sender": sender,
        "url": with_channel(told.url, Channel.PUSH),
        "tag": told.pk.hex,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _headers(push: OutgoingPush, origin: str) -> dict[str, str]:
    """`Topic` makes a double sending replace the first on a device that was asleep."""
    left = max(0, int((push.expires_at - timezone.now()).total_seconds()))
    return {
        "Authorization": authorization(origin),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(left),
        "Topic": push.announcement_id.hex,
        "Urgency": "high" if push.urgent else "normal",
    }


def settle(push: OutgoingPush, state: PushState, error: str = "") -> None:
    push.state, push.done_at, push.last_error, push.leased_until = state, timezone.now(), error[:300], None
    push.save(update_fields=["state", "done_at", "last_error", "leased_until"])


def put_off(push: OutgoingPush, error: str, after: str = "") -> None:
    """Try again later, longer each time; not before the service says, nor at night unless it is urgent."""
    push.attempts += 1
    wait = min(FIRST_RETRY * 2 ** (push.attempts - 1), LONGEST_RETRY) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    asked = min(int(after), 24 * 3600) if after.isascii() and after.isdigit() else 0
    later = timezone.now() + timedelta(seconds=max(wait, asked))
    push.not_before = later if push.urgent else when_awake(later)
    push.state, push.last_error, push.leased_until = PushState.TEMPORARY, error[:300], None
    push.save(update_fields=["state", "attempts", "not_before", "last_error", "leased_until"])
