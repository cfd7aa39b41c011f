"""What a commune paid beforehand: counted in segments, spent with the rows that they pay for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.delivery.models import SmsCredit
from core.tenancy.here import current

LACKING = _("Il reste %(left)s SMS à la commune et il en faut %(needed)s. Achetez des SMS, ou prévenez moins de monde.")


def balance() -> int:
    """How many segments the commune has left."""
    return SmsCredit.objects.balance()


@transaction.atomic
def buy(*, segments: int, note: str, author: Any) -> SmsCredit:
    """Credit what was paid; `note` says by which order."""
    if segments <= 0:
        raise ValueError(f"{segments} segments cannot be bought")
    email = getattr(author, "email", "")
    record("delivery.sms_bought", author=author, segments=segments)
    return SmsCredit.objects.create(kind=SmsCredit.Kind.BOUGHT, segments=segments, note=note[:200], author=email)


@transaction.atomic
def spend(*, segments: int, note: str, author: Any, whatever_it_costs: bool = False) -> None:
    """Take what the rows of this transaction cost. Raises ValidationError (`no_credit`), changing nothing, unless it is
    spent `whatever_it_costs`: the commune then owes what is below nothing."""
    take_turn()
    left = balance()
    if segments > left and not whatever_it_costs:
        raise ValidationError(LACKING, code="no_credit", params={"left": left, "needed": segments})
    if segments:
        email = getattr(author, "email", "")
        SmsCredit.objects.create(kind=SmsCredit.Kind.SPENT, segments=-segments, note=note[:200], author=email)


def give_back(segments: int, note: str) -> None:
    """What was paid for and never taken by a provider."""
    if segments:
        SmsCredit.objects.create(kind=SmsCredit.Kind.RETURNED, segments=segments, note=note[:200])


def take_turn() -> None:
    """Two sendings of one commune at once see each other: the same segment is not spent twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.sms"])
