"""Emptying the outbox of SMS: claim, hand over on several lanes at once, write each outcome.

One number gets one text for one key. The exception is a message of which nobody knows whether it was taken: the worker
was killed, or the provider fell silent, between the request and the row. It is sent again once its lease is over, with
the same reference and by the other provider if there is one: a danger told twice is better than one not told.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import ceil

import urllib3
from django.db import transaction
from django.db.models import Min, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from core.delivery.actions import SMS
from core.delivery.lanes import Lanes
from core.delivery.models import DeliveryState, OutgoingSms, SmsRoute
from core.delivery.sms.carrying import carry, configured
from core.delivery.sms.credit import give_back
from core.delivery.sms.provider import Answer, Message, Outcome, Provider
from core.delivery.sms.receipts import catch_up
from core.delivery.sms.waiting import wait, when_allowed
from core.delivery.turns import LONGEST, Turn
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR, current
from core.tenancy.registry import registry

logger = logging.getLogger(__name__)

BATCH, LANES = 40, 8
LEASE = timedelta(minutes=2)
SAFE = 60  # seconds of the lease in which one may be begun: both providers' silence is over before the rest is spent
IN_DOUBT = timedelta(seconds=45)
DOUBTS = 2
_FINAL = {
    Outcome.ACCEPTED: DeliveryState.ACCEPTED,
    Outcome.PERMANENT: DeliveryState.PERMANENT,
    Outcome.TECHNICAL: DeliveryState.TECHNICAL,
    Outcome.UNKNOWN: DeliveryState.TECHNICAL,
}


@dataclass(frozen=True, slots=True)
class Held:
    """One that this worker holds, and begins before `until`, of the monotonic clock."""

    sms: OutgoingSms
    message: Message
    providers: Sequence[Provider]
    until: float


Done = tuple[OutgoingSms, Answer | None]


def empty_sms(turn: float = LONGEST, *, safe: float = SAFE, rest: str = SMS) -> datetime | None:
    """Hand over what waits; return when to look again, None when nothing is left or nothing may leave.

    No batch is begun after `turn` seconds, and no SMS so many `safe` seconds after its batch; the job `rest` goes on.
    """
    expire()
    providers = configured()
    if not providers or not registry().may_write_to(current().schema_name):
        return None  # looked at again when the commune becomes active
    mine = Turn(rest, turn)

    def more() -> list[Held]:
        until = time.monotonic() + safe
        batch = claim() if mine.goes_on else []
        return [Held(sms, _message(sms), _other_first(providers, sms), until) for sms in batch]

    with _lanes() as lanes:
        lanes.drain(more, write, below=LANES)
    return _following(rest=rest)


def _following(*, rest: str = SMS) -> datetime | None:
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    following: datetime | None = OutgoingSms.objects.open().aggregate(following=Min(free_at))["following"]
    if following and following <= timezone.now():
        due(rest, urgent=OutgoingSms.objects.open().filter(urgent=True).exists())  # behind those that wait
        return None
    return following


@transaction.atomic
def expire() -> None:
    """End what is no longer worth sending; what no provider ever had is given back."""
    now = timezone.now()
    stale = OutgoingSms.objects.open().free(now).filter(expires_at__lte=now).select_for_update(skip_locked=True)
    keys = list(stale.values_list("pk", flat=True))
    if keys:
        ended = OutgoingSms.objects.filter(pk__in=keys)
        unsent = ended.exclude(state=DeliveryState.SENDING).aggregate(paid=Sum("segments"))["paid"] or 0
        ended.update(state=DeliveryState.EXPIRED, done_at=now, leased_until=None)
        give_back(unsent, "expired before they left")


def claim() -> list[OutgoingSms]:
    """Take a batch for this worker alone, until its lease ends."""
    now = timezone.now()
    with transaction.atomic():
        rows = OutgoingSms.objects.open().free(now).filter(not_before__lte=now, expires_at__gt=now)
        batch = list(rows.order_by("-urgent", "not_before", "pk").select_for_update(skip_locked=True)[:BATCH])
        OutgoingSms.objects.filter(pk__in=[sms.pk for sms in batch]).update(
            state=DeliveryState.SENDING, leased_until=now + LEASE
        )
    for sms in batch:
        sms.leased_until = now + LEASE
    return batch


def write(done: Sequence[Done]) -> None:
    """What came of each (None: it was not begun), whose receipts are whose, and what is given back: at once. A row that
    another worker took over meanwhile is its own."""
    with transaction.atomic():
        ours = OutgoingSms.objects.filter(pk__in=[sms.pk for sms, _ in done], state=DeliveryState.SENDING)
        held = dict(ours.select_for_update().values_list("pk", "leased_until"))
        pairs = [(sms, answer) for sms, answer in done if held.get(sms.pk) == sms.leased_until]
        settled = [_settled(sms, answer) if answer else _returned(sms) for sms, answer in pairs]
        OutgoingSms.objects.bulk_update(
            settled,
            ["state", "provider", "provider_id", "attempts", "last_error", "leased_until", "not_before", "done_at"],
        )
        give_back(_refused(pairs), "refused by the providers")
        taken = [answer for _, answer in done if answer and answer.outcome is Outcome.ACCEPTED]
        _remember(taken)
    catch_up([(answer.provider, answer.provider_id) for answer in taken])


def _refused(pairs: Sequence[Done]) -> int:
    """What no provider took, for sure."""
    sure = {Outcome.PERMANENT, Outcome.TECHNICAL}
    return sum(sms.segments for sms, answer in pairs if answer and answer.outcome in sure)


def _remember(taken: Sequence[Answer]) -> None:
    schema_name = current().schema_name
    with entered(OPERATOR):
        SmsRoute.objects.bulk_create(
            [SmsRoute(provider=each.provider, provider_id=each.provider_id, schema_name=schema_name) for each in taken],
            ignore_conflicts=True,
        )


def _returned(sms: OutgoingSms) -> OutgoingSms:
    sms.state, sms.leased_until = DeliveryState.TEMPORARY if sms.attempts else DeliveryState.CREATED, None
    return sms


def _settled(sms: OutgoingSms, answer: Answer) -> OutgoingSms:
    now = timezone.now()
    sms.attempts += 1
    sms.provider, sms.provider_id = answer.provider, answer.provider_id
    sms.last_error = "" if answer.outcome is Outcome.ACCEPTED else answer.told[:300]
    sms.leased_until = None
    if answer.outcome is Outcome.UNKNOWN and sms.attempts < DOUBTS:
        sms.state, sms.leased_until = DeliveryState.SENDING, now + IN_DOUBT
    elif answer.outcome is Outcome.TEMPORARY:
        sms.state = DeliveryState.TEMPORARY
        sms.not_before = when_allowed(sms, now + wait(sms.attempts, answer.after))
    else:
        sms.state, sms.done_at = _FINAL[answer.outcome], now
    return sms


def _other_first(providers: Sequence[Provider], sms: OutgoingSms) -> list[Provider]:
    """Who failed this message, or fell silent over it, is asked last."""
    return sorted(providers, key=lambda each: each.name == sms.provider)


def _message(sms: OutgoingSms) -> Message:
    left = (sms.expires_at - timezone.now()).total_seconds()
    return Message(sms.recipient, sms.text, sms.reference, max(1, ceil(left / 60)))


@contextmanager
def _lanes() -> Iterator[Lanes[Held, Done]]:
    """Threads that only speak HTTP, over connections that stay open."""
    pool = urllib3.PoolManager(maxsize=LANES, block=True)
    try:
        with Lanes[Held, Done](lambda: nullcontext(partial(_carried, pool)), LANES) as lanes:
            yield lanes
    finally:
        pool.clear()


def _carried(pool: urllib3.PoolManager, held: Held) -> Done:
    if time.monotonic() > held.until:
        return held.sms, None  # another worker may hold it soon
    try:
        return held.sms, carry(pool, held.providers, held.message)
    except Exception as error:  # whatever it is, it is this one's: the others go on
        logger.exception("an SMS could not be handed over")
        return held.sms, Answer(Outcome.UNKNOWN, "", told=type(error).__name__)
