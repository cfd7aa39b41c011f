"""Telling the operator of what is otherwise at Stripe: each difference once, until it is so no more."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.models import StripeDifference
from core.audit.actions import record
from core.delivery.actions import send_email
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.hosts import console_url

Difference = tuple[str, str]
# How much of its subject and of its words is kept.
SUBJECT, TEXT = 100, 300


def said(subject: object, text: str) -> Difference:
    return str(subject)[:SUBJECT], text[:TEXT]


@transaction.atomic
def tell(subject: object, text: str) -> None:
    """At once, of what is about to be set right; the night ends it."""
    difference = said(subject, text)
    if difference not in _held():
        _keep([difference])


@transaction.atomic
def tell_all(found: set[Difference]) -> int:
    """Keep what is found, and tell of what is new; end what is found no more. How many were new."""
    held = _held()
    for difference, row in held.items():
        if difference not in found:
            StripeDifference.objects.filter(pk=row.pk).update(gone_at=timezone.now())
    new = sorted(found - held.keys())
    if new:
        _keep(new)
    return len(new)


def _held() -> dict[Difference, StripeDifference]:
    rows = StripeDifference.objects.select_for_update().filter(gone_at=None)
    return {(row.subject, row.text): row for row in rows}


def _keep(new: Iterable[Difference]) -> None:
    new = list(new)
    StripeDifference.objects.bulk_create(StripeDifference(subject=subject, text=text) for subject, text in new)
    with entered(OPERATOR):
        for subject, text in new:
            record("billing.stripe_differs", target=subject, text=text)
        url = console_url(reverse("console:stripe", urlconf=settings.SITE_URLCONFS["console"]))
        context = {"differences": new, "count": len(new), "url": url}
        send_email("stripe_differences", to=settings.OPERATOR_EMAIL, context=context)
