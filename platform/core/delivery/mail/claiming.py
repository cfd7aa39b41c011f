"""The rows of e-mails: claimed in batches, and written with what became of each."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from core.delivery.mail.letter import Letter, Outcome
from core.delivery.mail.suppressing import Kind, suppress
from core.delivery.mail.words import word_of
from core.delivery.models import HELD, DeliveryState, OutgoingEmail
from core.delivery.retrying import next_try
from core.tenancy.here import current

BATCH = 200
LEASE = timedelta(minutes=3)
SAFE = 20  # seconds of the lease in which an e-mail is begun; a conversation, each answer late, is over before its end
ORDER = ("-urgent", "not_before", "pk")

_WRITE = """
update delivery_outgoingemail as mail
set state = came.state, last_error = came.error, attempts = came.attempts, done_at = came.done_at,
    not_before = coalesce(came.again, mail.not_before), leased_until = null,
    subject = case when mail.secret and came.done_at is not null then '' else mail.subject end,
    text = case when mail.secret and came.done_at is not null then '' else mail.text end,
    html = case when mail.secret and came.done_at is not null then '' else mail.html end
from unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[])
     as came (id, lease, state, error, attempts, done_at, again)
where mail.id = came.id and mail.state = 'sending' and mail.leased_until = came.lease
"""


def expire() -> None:
    """End what is not worth sending any more; what a worker has in hand, it ends itself."""
    now = timezone.now()
    waiting = OutgoingEmail.objects.open() | OutgoingEmail.objects.filter(state=HELD)
    stale = waiting.free(now).filter(expires_at__lte=now)
    stale.filter(secret=True).update(subject="", text="", html="")
    stale.update(state=DeliveryState.EXPIRED, done_at=now, leased_until=None)


def claim(sender: str, safe: float = SAFE) -> list[Letter]:
    """Take a batch for this worker alone, until its lease ends; what is urgent first."""
    now, until = timezone.now(), time.monotonic() + safe
    with transaction.atomic():
        rows = OutgoingEmail.objects.open().free(now).filter(not_before__lte=now, expires_at__gt=now)
        keys = list(rows.order_by(*ORDER).select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        mine = OutgoingEmail.objects.filter(pk__in=keys)
        mine.update(state=DeliveryState.SENDING, leased_until=now + LEASE)
    return [letter_of(mail, sender, now + LEASE, until) for mail in (mine.order_by(*ORDER) if keys else ())]


def letter_of(mail: OutgoingEmail, sender: str, lease: datetime, until: float) -> Letter:
    return Letter(
        key=mail.pk,
        lease=lease,
        until=until,
        sender=sender,
        recipient=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        reply_to=mail.reply_to,
        unsubscribe=mail.unsubscribe,
        urgent=mail.urgent,
        announced=mail.announcement_id is not None,
        expires_at=mail.expires_at,
        attempts=mail.attempts,
        word=word_of(current().schema_name, mail.pk),
    )


@transaction.atomic
def write(outcomes: Sequence[Outcome]) -> None:
    """Write what became of those that are still held, in one statement; note the addresses where nobody is."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*(_row(each, now) for each in outcomes), strict=True)])
    for each in outcomes:
        if each.refused:
            suppress(each.letter.recipient, Kind.REFUSED, each.error)


def _row(outcome: Outcome, now: datetime) -> tuple[object, ...]:
    """In the order of _WRITE."""
    letter, state, attempts, again = outcome.letter, outcome.state, outcome.letter.attempts, None
    if state != DeliveryState.CREATED and state != DeliveryState.ACCEPTED:
        attempts += 1
    if state == DeliveryState.TEMPORARY:
        again = next_try(
            attempts, outcome.after, now, urgent=letter.urgent, awake=letter.announced and not letter.urgent
        )
        if again >= letter.expires_at:
            state, again = DeliveryState.EXPIRED, None
    done_at = None if again or state == DeliveryState.CREATED else now
    return letter.key, letter.lease, state.value, outcome.error[:300], attempts, done_at, again


def next_run() -> datetime | None:
    """When one of those that wait may leave; None when none waits."""
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    following: datetime | None = OutgoingEmail.objects.open().aggregate(following=Min(free_at))["following"]
    return following
