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
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from core.delivery.actions import hold_back
from core.delivery.models import HELD, OPEN, DeliveryState, OutgoingEmail
from core.delivery.quiet import when_awake
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
        connection = get_connection()
        for mail in batch:
            if still_ours(mail):
                send(mail, connection)
        connection.close()
    waiting = OutgoingEmail.objects.open()
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    following: datetime | None = waiting.aggregate(following=Min(free_at))["following"]
    return following


def expire() -> None:
    stale = OutgoingEmail.objects.filter(state__in=[*OPEN, HELD], expires_at__lte=timezone.now())
    stale.filter(secret=True).update(subject="", text="", html="")
    stale.update(state=DeliveryState.EXPIRED, done_at=timezone.now())


def claim() -> list[OutgoingEmail]:
    """Take a batch for this worker alone, until its lease ends."""
    now = timezone.now()
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        rows = OutgoingEmail.objects.open().filter(free, not_before__lte=now)
        batch = list(rows.order_by("-urgent", "not_before").select_for_update(skip_locked=True)[:BATCH])
        for mail in batch:
            mail.state, mail.leased_until = DeliveryState.SENDING, now + LEASE
        OutgoingEmail.objects.bulk_update(batch, ["state", "leased_until"])
    return batch


def still_ours(mail: OutgoingEmail) -> bool:
    """Renew the lease just before sending: a slow batch outlives it, and another worker may hold the mail by now."""
    lease = timezone.now() + LEASE
    same = OutgoingEmail.objects.filter(pk=mail.pk, state=DeliveryState.SENDING, leased_until=mail.leased_until)
    mail.leased_until = lease
    return bool(same.update(leased_until=lease))


def send(mail: OutgoingEmail, connection: BaseEmailBackend) -> None:
    """Send one, and write what came of it. A connection that failed is closed: the next mail opens its own."""
    try:
        connection.open()
        message(mail, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        settle_failure(mail, told(code, reason), permanent=code >= 500)
    except smtplib.SMTPDataError as error:
        settle_failure(mail, told(error.smtp_code, error.smtp_error), permanent=error.smtp_code >= 500)
    except (smtplib.SMTPException, OSError) as error:
        settle_failure(mail, str(error) or type(error).__name__, permanent=False)
    except ValueError as error:
        settle_failure(mail, str(error), permanent=True)
    else:
        mail.last_error = ""
        mail.settle(DeliveryState.ACCEPTED)
        return
    connection.close()


def message(mail: OutgoingEmail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    sender = registry().sender(current().schema_name)
    written = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((sender.name, settings.MAIL_SENDER)),
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers(mail),
        connection=connection,
    )
    if mail.html:
        written.attach_alternative(mail.html, "text/html")
    return written


def headers(mail: OutgoingEmail) -> dict[str, str]:
    """One that was asked for says how to stop it, by a page and by one click of the mail program (RFC 8058)."""
    written = {"Message-ID": f"<{mail.pk}@{settings.BASE_DOMAIN}>", "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe:
        written["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return written


def told(code: int, reason: bytes | str) -> str:
    """A server's refusal, as it said it."""
    return f"{code} {reason.decode(errors='replace') if isinstance(reason, bytes) else reason}"


def settle_failure(mail: OutgoingEmail, reason: str, *, permanent: bool) -> None:
    mail.attempts += 1
    mail.last_error = reason[:300]
    mail.leased_until = None
    if permanent:
        mail.settle(DeliveryState.PERMANENT)
        return
    wait = min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
    later = timezone.now() + timedelta(seconds=wait * random.uniform(0.8, 1.2))  # noqa: S311 - jitter
    mail.state = DeliveryState.TEMPORARY
    mail.not_before = when_awake(later) if mail.announcement_id and not mail.urgent else later
    mail.save(update_fields=["state", "attempts", "last_error", "leased_until", "not_before"])
