"""Emptying an outbox: claim, send, write each outcome."""

import random
import smtplib
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from core.delivery.actions import hold_back
from core.delivery.models import OutgoingEmail
from core.tenancy.here import current
from core.tenancy.registry import registry

BATCH = 50
LEASE = timedelta(minutes=2)
FIRST_RETRY = 20
LONGEST_RETRY = 3600


def empty_outbox() -> datetime | None:
    """Send what waits; return when to look again, None when nothing is left."""
    expire()
    if not registry().may_write_to(current().schema_name):
        hold_back()  # written while it still might
    while batch := claim():
        with get_connection() as connection:
            for mail in batch:
                send(mail, connection)
    waiting = OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING)
    following: datetime | None = waiting.aggregate(Min("not_before"))["not_before__min"]
    return following


def expire() -> None:
    stale = OutgoingEmail.objects.filter(
        state__in=[OutgoingEmail.State.WAITING, OutgoingEmail.State.HELD], expires_at__lte=timezone.now()
    )
    stale.update(state=OutgoingEmail.State.EXPIRED, done_at=timezone.now())


def claim() -> list[OutgoingEmail]:
    """Take a batch for this worker alone, until its lease ends."""
    now = timezone.now()
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        rows = OutgoingEmail.objects.filter(free, state=OutgoingEmail.State.WAITING, not_before__lte=now)
        batch = list(rows.order_by("not_before").select_for_update(skip_locked=True)[:BATCH])
        OutgoingEmail.objects.filter(pk__in=[mail.pk for mail in batch]).update(leased_until=now + LEASE)
    return batch


def send(mail: OutgoingEmail, connection: BaseEmailBackend) -> None:
    sender = registry().sender(current().schema_name)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((sender.name, settings.MAIL_SENDER)),
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<{mail.pk}@{settings.BASE_DOMAIN}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        settle_failure(mail, f"{code} {reason.decode(errors='replace')}", permanent=code >= 500)
    except (smtplib.SMTPException, OSError) as error:
        settle_failure(mail, str(error) or type(error).__name__, permanent=False)
    else:
        mail.state, mail.done_at, mail.last_error = OutgoingEmail.State.SENT, timezone.now(), ""
        mail.save(update_fields=["state", "done_at", "last_error"])


def settle_failure(mail: OutgoingEmail, reason: str, *, permanent: bool) -> None:
    mail.attempts += 1
    mail.last_error = reason[:300]
    mail.leased_until = None
    if permanent:
        mail.state, mail.done_at = OutgoingEmail.State.REFUSED, timezone.now()
    else:
        wait = min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
        mail.not_before = timezone.now() + timedelta(seconds=wait * random.uniform(0.8, 1.2))  # noqa: S311 - jitter
    mail.save(update_fields=["attempts", "last_error", "leased_until", "state", "done_at", "not_before"])
