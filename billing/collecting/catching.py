"""Catching up with what was decided here: mirrors made and brought up to date, what is due asked for, what is settled
closed. Everything is found in our rows, so that a run lost half-way is begun again without harm."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import stripe
from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from billing.collecting.client import offered
from billing.collecting.customers import KINDS
from billing.collecting.invoices import DONE, Unequal, charge, close, collect
from billing.collecting.subscriptions import mirror_subscription
from billing.models import Account, Invoice, StripeInvoice
from billing.models.invoice import InvoiceKind

logger = logging.getLogger(__name__)
AGAIN = timedelta(minutes=10)
MORNING = time(8)


def catch_up(today: date | None = None) -> datetime | None:
    """Do all that is to be done at Stripe; when to do it next, None when nothing is waited for."""
    if not offered():
        return None
    day = today or timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE))
    troubled = False
    for account in Account.objects.exclude(stripe_customer="", method="transfer").order_by("pk"):
        if not _try(lambda account=account: _of(account, day)):  # type: ignore[misc]
            troubled = True
    return timezone.now() + AGAIN if troubled else _next(day)


def unpaid(account: Account) -> QuerySet[Invoice]:
    """What is asked of a payer still, the oldest first."""
    rows = Invoice.objects.filter(account=account, kind=InvoiceKind.INVOICE, cancelled_by__isnull=True)
    paid = rows.annotate(paid=Coalesce(Sum("payments__cents"), 0))
    return paid.filter(paid__lt=F("net") + F("vat")).select_related("account").order_by("issued_at", "number")


def _of(account: Account, day: date) -> None:
    for mirrored in StripeInvoice.objects.filter(invoice__account=account).exclude(status__in=DONE):
        close(mirrored)
    for subscription in account.subscriptions.select_related("commune", "account"):
        mirror_subscription(subscription)
    if account.method not in KINDS:
        return
    for invoice in unpaid(account):
        row = collect(invoice)
        if row is not None:
            charge(row, day)


def _try(act: Callable[[], None]) -> bool:
    """Whether it went well; what did not is tried again, and one payer's trouble is no other's."""
    try:
        act()
    except Unequal as error:
        logger.error("a mirror was not opened: %s", error)
    except stripe.StripeError as error:
        logger.warning("Stripe did not do as it was asked: %s", type(error).__name__)
        return False
    return True


def _next(day: date) -> datetime | None:
    """The morning of the next day that a means of payment is to be asked."""
    waits = ~Q(invoice__account__stripe_payment_method="") & Q(status="open", invoice__due_on__gt=day)
    row = StripeInvoice.objects.filter(waits).order_by("invoice__due_on").select_related("invoice").first()
    if row is None:
        return None
    return datetime.combine(row.invoice.due_on, MORNING, ZoneInfo(settings.TIME_ZONE))
