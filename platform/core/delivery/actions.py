"""Writing to somebody: the row is the promise, the job keeps it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from core.accounts.models import Invitation, User
from core.delivery.models import HELD, Announcement, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms
from core.organisation.queries import public_address
from core.tenancy.due import due
from core.tenancy.here import OPERATOR, current
from core.tenancy.registry import registry

OUTBOX = "delivery.send_outbox"
PUSHES = "delivery.send_pushes"
SMS = "delivery.send_sms"
# What those began goes on here, beside long work: a short run comes first to everybody's turn.
MORE_MAILS, MORE_PUSHES, MORE_SMS = "delivery.more_mails", "delivery.more_pushes", "delivery.more_sms"
WATCH = "delivery.watch_devices"
_STOP_HERE = "https://stop-here.invalid/"
# One row a recipient, each with their own address that stops it; the words travel once.
_WRITE_TO_MANY = """
insert into delivery_outgoingemail
    (id, recipient, subject, text, html, unsubscribe, reply_to, state, created_at, not_before, expires_at, attempts,
     last_error, urgent, secret, announcement_id)
select gen_random_uuid(), asked.recipient, replace(%(subject)s, %(here)s, asked.stop),
    replace(%(text)s, %(here)s, asked.stop), replace(%(html)s, %(here)s, asked.stop), asked.stop, %(reply_to)s,
    %(state)s, %(now)s, %(not_before)s, %(expires_at)s, 0, '', %(urgent)s, false, %(announcement)s
from unnest(%(recipients)s::text[], %(stops)s::text[]) as asked (recipient, stop)
"""


@transaction.atomic
def send_email(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    minutes_to_live: int = 3 * 24 * 60,
    reply_to: str = "",
    secret: bool = False,
) -> OutgoingEmail:
    """Write an e-mail of `emails/<template>.{subject.txt,txt,html}` to the outbox of the current commune.

    It leaves after the caller's transaction commits. A commune that is not active writes to its own staff only, and to
    who is invited to join it: the rest is held until it is. A `secret` one keeps its words no longer than it must.
    """
    now = timezone.now()
    free = registry().may_write_to(current().schema_name) or _is_of_the_team(to)
    row = OutgoingEmail.objects.create(
        recipient=to,
        **_written(template, context),
        reply_to=reply_to,
        state=DeliveryState.CREATED if free else HELD,
        not_before=now,
        expires_at=now + timedelta(minutes=minutes_to_live),
        secret=secret,
    )
    if free:
        due(OUTBOX)
    return row


@transaction.atomic
def send_to_many(
    template: str,
    *,
    to: Mapping[str, str],
    context: dict[str, Any],
    expires_at: datetime,
    not_before: datetime | None = None,
    announcement: Announcement | None = None,
) -> int:
    """Write one e-mail to each of those who asked for it, each with their own address that stops it: `to` maps the
    recipients to these, and `unsubscribe` is its name in the template. It is composed once. Answers go to the
    mairie. Returns how many.

    Not before the commune is active, and not after `expires_at`.
    """
    if not to:
        return 0
    words = _written(template, {**context, "unsubscribe": _STOP_HERE})
    leaves_at, answered_at = not_before or timezone.now(), public_address()
    free = registry().may_write_to(current().schema_name)
    urgent = announcement is not None and announcement.urgent
    same = {
        **words,
        "here": _STOP_HERE,
        "recipients": list(to),
        "stops": list(to.values()),
        "reply_to": answered_at,
        "state": DeliveryState.CREATED.value if free else HELD,
        "now": timezone.now(),
        "not_before": leaves_at,
        "expires_at": expires_at,
        "urgent": urgent,
        "announcement": announcement.pk if announcement else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_TO_MANY, same)
    if free:
        due(OUTBOX, leaves_at, urgent=urgent)
    return len(to)


def _written(template: str, context: dict[str, Any]) -> dict[str, str]:
    """Subject, text and HTML in the name of the current commune."""
    schema_name = current().schema_name
    full = {**context, "sender": registry().sender(schema_name), "console": schema_name == OPERATOR.schema_name}
    return {
        "subject": " ".join(plain(f"emails/{template}.subject.txt", full).split())[:200],
        "text": plain(f"emails/{template}.txt", full).strip() + "\n",
        "html": render_to_string(f"emails/{template}.html", full),
    }


def plain(template: str, context: dict[str, Any]) -> str:
    """A template of text: nothing in it is HTML, so nothing is escaped."""
    found: Any = get_template(template)
    text: str = found.template.render(Context(context, autoescape=False))
    return text


@transaction.atomic
def release_held() -> int:
    """Let go what was held, once the commune may write outside its staff; return how many."""
    count = OutgoingEmail.objects.filter(state=HELD).update(state=DeliveryState.CREATED)
    if count:
        due(OUTBOX)
    if OutgoingPush.objects.open().exists():
        due(PUSHES)
    if OutgoingSms.objects.open().exists():
        due(SMS)
    return count


@transaction.atomic
def hold_back() -> int:
    """Keep what waits for people outside the staff, in a commune that may not write to them; return how many."""
    in_hand = Q(state=DeliveryState.SENDING, leased_until__gt=timezone.now())
    waiting = OutgoingEmail.objects.open().exclude(in_hand).annotate(address=Lower("recipient"))
    outside = waiting.exclude(address__in=User.objects.staff().values("email"))
    outside = outside.exclude(address__in=Invitation.objects.standing().values("email"))
    return outside.update(state=HELD, leased_until=None)


def _is_of_the_team(address: str) -> bool:
    return (
        User.objects.staff().filter(email__iexact=address).exists()
        or Invitation.objects.standing().filter(email=address.lower()).exists()
    )
