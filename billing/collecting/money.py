"""Money that Stripe received, gave back or lost in a dispute, written as payments of our invoices.

A payment is never changed: each thing of Stripe's that moves money has its reference, and what it says otherwise later
is one more payment under the same reference with a number, so that their sum is what it says now.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from billing.actions.invoicing import record_payment
from billing.collecting.client import api, every, plain
from billing.collecting.customers import AUTHOR
from billing.collecting.locking import locked
from billing.models import Invoice, Payment, StripeInvoice, StripePayment
from billing.models.invoice import Source

# Of a dispute whose money is not with us: while it is argued, and once it is lost.
WITHDRAWN = ("needs_response", "under_review", "lost")
GIVEN_BACK = ("succeeded", "pending", "requires_action")
LONGEST = 200
UNDER_WAY = ("processing", "requires_action", "requires_confirmation", "requires_capture")


@transaction.atomic
def bring_payment(identifier: str) -> bool | None:
    """Bring our rows to what Stripe says of a payment; whether they changed, None when it is for no invoice of ours."""
    known = StripePayment.objects.filter(stripe_id=identifier).select_related("invoice__account").first()
    invoice = known.invoice if known else invoice_of(plain(api().payment_intents.retrieve(identifier)))
    if invoice is None:
        return None
    locked(invoice.account)
    return _written(invoice, identifier)


@transaction.atomic
def bring_invoice(identifier: str) -> bool | None:
    """The same of an invoice of Stripe's, with its payments; None when it mirrors none of ours."""
    row = StripeInvoice.objects.filter(stripe_id=identifier).select_related("invoice__account").first()
    invoice = row.invoice if row else named_by(plain(api().invoices.retrieve(identifier)))
    if invoice is None:
        return None
    locked(invoice.account)
    found = plain(api().invoices.retrieve(identifier))
    row = row or _adopted(found, invoice)
    if row is None:
        return None
    changed = _seen(row, found)
    for each in every(api().invoice_payments, invoice=identifier):
        if intent := each["payment"].get("payment_intent"):
            changed |= _written(row.invoice, intent)
    return changed


def invoice_of(intent: dict[str, Any]) -> Invoice | None:
    """Which of our invoices a payment is for, even of a customer that was deleted since: the one it names, or the one
    whose mirror it pays."""
    if invoice := named_by(intent):
        return invoice
    asked = {"type": "payment_intent", "payment_intent": intent["id"]}
    for each in every(api().invoice_payments, payment=asked):
        row = StripeInvoice.objects.filter(stripe_id=each["invoice"]).select_related("invoice__account").first()
        if invoice := row.invoice if row else named_by(plain(api().invoices.retrieve(each["invoice"]))):
            return invoice
    return None


def named_by(found: dict[str, Any]) -> Invoice | None:
    """The invoice that a thing of Stripe's bears the id of: we alone write it there."""
    try:
        name = UUID((found["metadata"] or {}).get("invoice", ""))
    except (ValueError, TypeError, AttributeError):
        return None
    return Invoice.objects.filter(pk=name).select_related("account").first()


def _adopted(found: dict[str, Any], invoice: Invoice) -> StripeInvoice | None:
    """The row of a mirror that was made by a call whose answer we lost."""
    row, _made = StripeInvoice.objects.get_or_create(
        invoice=invoice, defaults={"stripe_id": found["id"], "status": found["status"]}
    )
    return row if row.stripe_id == found["id"] else None


def _seen(row: StripeInvoice, found: dict[str, Any]) -> bool:
    facts = {"status": found["status"], "stripe_number": found["number"] or ""}
    if facts == {"status": row.status, "stripe_number": row.stripe_number}:
        return False
    row.status, row.stripe_number = facts["status"], facts["stripe_number"]
    row.save(update_fields=["status", "stripe_number", "seen_at"])
    return True


def _written(invoice: Invoice, identifier: str) -> bool:
    """With the payer's row held: read a payment again, and write what it says."""
    found = plain(api().payment_intents.retrieve(identifier, {"expand": ["latest_charge"]}))
    failure = (found["last_payment_error"] or {}).get("code") or ""
    facts = {"cents": found["amount"], "status": found["status"], "failure": failure[:LONGEST]}
    begun = datetime.fromtimestamp(found["created"], UTC)
    row, made = StripePayment.objects.get_or_create(
        stripe_id=identifier, defaults={"invoice": invoice, "begun_at": begun, **facts}
    )
    changed = made or any(getattr(row, name) != value for name, value in facts.items())
    if changed and not made:
        StripePayment.objects.filter(pk=row.pk).update(**facts)
    changed |= _failing(invoice)
    received = found["amount_received"] if found["status"] == "succeeded" else 0
    changed |= settle(invoice, identifier, received, _day(found["latest_charge"] or found))
    if received:
        for each in every(api().refunds, payment_intent=identifier):
            given = -each["amount"] if each["status"] in GIVEN_BACK else 0
            changed |= settle(invoice, each["id"], given, _day(each))
        for each in every(api().disputes, payment_intent=identifier):
            lost = -each["amount"] if each["status"] in WITHDRAWN else 0
            changed |= settle(invoice, each["id"], lost, _day(each))
    return changed


def _failing(invoice: Invoice) -> bool:
    """Say on the mirror why the last payment failed, until one does not."""
    tried = list(StripePayment.objects.filter(invoice=invoice).order_by("begun_at", "stripe_id"))
    better = any(each.status in ("succeeded", *UNDER_WAY) for each in tried)
    failure = tried[-1].failure if tried and not better else ""
    rows = StripeInvoice.objects.filter(invoice=invoice).exclude(failure=failure)
    return bool(rows.update(failure=failure))


def settle(invoice: Invoice, reference: str, wanted: int, on: date) -> bool:
    """Make the payments of a reference sum to what it says now; whether one was written."""
    rows = Payment.objects.filter(
        Q(reference=reference) | Q(reference__startswith=f"{reference}#"), source=Source.STRIPE
    )
    held = list(rows.values_list("cents", flat=True))
    missing = wanted - sum(held)
    if not missing:
        return False
    name = f"{reference}#{len(held)}" if held else reference
    record_payment(invoice=invoice, cents=missing, received_on=on, source=Source.STRIPE, reference=name, author=AUTHOR)
    return True


def _day(found: dict[str, Any]) -> date:
    """The supplier's day of something of Stripe's."""
    return datetime.fromtimestamp(found["created"], UTC).astimezone(ZoneInfo(settings.TIME_ZONE)).date()
