"""Addresses that are not written to again, by announcements and letters, until their owner says so.

A code, an invitation and what one asks for oneself still leave: they are how a mistake is found.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from core.audit.actions import record
from core.delivery.models import DeliveryState, OutgoingEmail, SuppressedAddress
from core.delivery.models.email import Kind

__all__ = ["Kind", "is_suppressed", "restore", "suppress", "suppressed", "suppression_of"]


@transaction.atomic
def suppress(address: str, kind: Kind, reason: str) -> None:
    """Note that nobody is there, or that they want none of it; what was asked for and still waits does not leave."""
    known, _ = SuppressedAddress.objects.get_or_create(
        address=address.lower(), defaults={"kind": kind, "reason": reason[:300]}
    )
    if kind == Kind.COMPLAINT and known.kind != kind:
        SuppressedAddress.objects.filter(pk=known.pk).update(kind=kind, reason=reason[:300], at=timezone.now())
    waiting = OutgoingEmail.objects.waiting().filter(recipient__iexact=address).exclude(unsubscribe="")
    waiting.exclude(state=DeliveryState.SENDING).update(
        state=DeliveryState.PERMANENT, last_error="suppressed", done_at=timezone.now(), leased_until=None
    )


@transaction.atomic
def restore(address: str, *, author: Any) -> bool:
    """Write to it again; whether it was not."""
    gone, _ = SuppressedAddress.objects.filter(address=address.lower()).delete()
    if gone:
        record("delivery.address_restored", author=author)
    return bool(gone)


def suppression_of(address: str) -> SuppressedAddress | None:
    return SuppressedAddress.objects.filter(address=address.lower()).first()


def suppressed() -> dict[str, int]:
    """How many addresses, for each reason and in all."""
    counts = dict(SuppressedAddress.objects.order_by().values_list("kind").annotate(count=Count("pk")))
    return {kind: counts.get(kind, 0) for kind in Kind.values} | {"total": sum(counts.values())}


def is_suppressed(field: str) -> Exists:
    """Whether the address that a query calls `field` is not to be written to."""
    return Exists(SuppressedAddress.objects.filter(address=Lower(OuterRef(field))))
