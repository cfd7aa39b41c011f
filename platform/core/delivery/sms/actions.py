"""Writing SMS to those who asked: rows and what they cost, in the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.delivery.actions import SMS
from core.delivery.models import Announcement, OutgoingSms
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.credit import spend, take_turn
from core.delivery.sms.segments import economical, segments
from core.tenancy.due import due

MOST_SEGMENTS = 6
PATIENCE = timedelta(minutes=5)  # that a notification has to be shown
NOT_OFFERED = _("L’envoi de SMS n’est pas proposé pour le moment.")
EMPTY = _("Écrivez le texte du SMS.")
TOO_LONG = _("Ce texte fait %(count)s SMS par personne, et %(most)s au plus sont possibles : raccourcissez-le.")


def cost(text: str, recipients: int) -> int:
    """How many segments this text costs, as it would be sent. Raises ValidationError (`empty`, `too_long`)."""
    if not text.strip():
        raise ValidationError(EMPTY, code="empty")
    count = segments(economical(text)).count
    if count > MOST_SEGMENTS:
        raise ValidationError(TOO_LONG, code="too_long", params={"count": count, "most": MOST_SEGMENTS})
    return count * recipients


@transaction.atomic
def send_sms(
    *,
    to: Mapping[str, UUID | None],
    text: str,
    key: UUID,
    expires_at: datetime,
    author: Any,
    not_before: datetime | None = None,
    announcement: Announcement | None = None,
    patient: Mapping[UUID | None, datetime] = MappingProxyType({}),
    whatever_it_costs: bool = False,
    note: str = "",
) -> int:
    """Write one SMS to each number (E.164) of `to`, which maps them to the accounts they are of; return how many.

    A number that `key` told already is neither told nor paid again. The text should say which mairie writes: the sender
    is the platform. The numbers of accounts that are `patient` are told when it says: they may be told otherwise
    before. `note` is for the account of credit. Raises ValidationError (`not_offered`, `empty`, `too_long`,
    `no_credit`), changing nothing.
    """
    if not can_sms():
        raise ValidationError(NOT_OFFERED, code="not_offered")
    each = cost(text, 1)
    take_turn()
    told = set(OutgoingSms.objects.filter(key=key).values_list("recipient", flat=True))
    if not (new := {number: user for number, user in to.items() if number not in told}):
        return 0
    said = note or (announcement.title if announcement else str(key))
    spend(segments=each * len(new), note=said, author=author, whatever_it_costs=whatever_it_costs)
    leaves_at = not_before or timezone.now()
    row: dict[str, Any] = {"key": key, "announcement": announcement, "text": economical(text), "segments": each}
    row |= {"urgent": announcement is not None and announcement.urgent, "expires_at": expires_at}
    rows = [
        OutgoingSms(**row, user_id=user, recipient=number, not_before=patient.get(user, leaves_at))
        for number, user in new.items()
    ]
    OutgoingSms.objects.bulk_create(rows)
    due(SMS, min(sms.not_before for sms in rows), urgent=row["urgent"])
    return len(new)
