"""Writing to somebody: the row is the promise, the job keeps it."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from core.accounts.models import Invitation, User
from core.delivery.models import OutgoingEmail
from core.tenancy.due import due
from core.tenancy.here import OPERATOR, current
from core.tenancy.registry import registry

OUTBOX = "delivery.send_outbox"


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
    schema_name = current().schema_name
    full = {**context, "sender": registry().sender(schema_name), "console": schema_name == OPERATOR.schema_name}
    now = timezone.now()
    free = registry().may_write_to(schema_name) or _is_of_the_team(to)
    row = OutgoingEmail.objects.create(
        recipient=to,
        subject=" ".join(plain(f"emails/{template}.subject.txt", full).split())[:200],
        text=plain(f"emails/{template}.txt", full).strip() + "\n",
        html=render_to_string(f"emails/{template}.html", full),
        reply_to=reply_to,
        state=OutgoingEmail.State.WAITING if free else OutgoingEmail.State.HELD,
        not_before=now,
        expires_at=now + timedelta(minutes=minutes_to_live),
        secret=secret,
    )
    if free:
        due(OUTBOX)
    return row


def plain(template: str, context: dict[str, Any]) -> str:
    """A template of text: nothing in it is HTML, so nothing is escaped."""
    found: Any = get_template(template)
    text: str = found.template.render(Context(context, autoescape=False))
    return text


@transaction.atomic
def release_held() -> int:
    """Let go what was held, once the commune may write outside its staff; return how many."""
    count = OutgoingEmail.objects.filter(state=OutgoingEmail.State.HELD).update(state=OutgoingEmail.State.WAITING)
    if count:
        due(OUTBOX)
    return count


@transaction.atomic
def hold_back() -> int:
    """Keep what waits for people outside the staff, in a commune that may not write to them; return how many."""
    waiting = OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING).annotate(address=Lower("recipient"))
    outside = waiting.exclude(address__in=User.objects.staff().values("email"))
    outside = outside.exclude(address__in=Invitation.objects.standing().values("email"))
    return outside.update(state=OutgoingEmail.State.HELD)


def _is_of_the_team(address: str) -> bool:
    return (
        User.objects.staff().filter(email__iexact=address).exists()
        or Invitation.objects.standing().filter(email=address.lower()).exists()
    )
