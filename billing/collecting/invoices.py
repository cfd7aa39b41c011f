"""Our invoices as Stripe's: the same lines, our amounts, our number told; and asking for them when they are due.

Each call may be the last before a crash: what was done is found again, by its idempotency key or by what it says.
"""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import stripe
from django.utils import timezone

from billing.collecting.client import api, every, once, plain
from billing.collecting.customers import mirror
from billing.collecting.money import UNDER_WAY, bring_invoice, bring_payment
from billing.models import Invoice, StripeInvoice, StripePayment
from billing.models.invoice import InvoiceKind
from billing.queries.money import outstanding

logger = logging.getLogger(__name__)
DONE = ("paid", "void", "uncollectible")
LONGEST = 500


def left_of(invoice: Invoice) -> int:
    """Cents that are still asked for: none of a credit note, nor of what one cancelled, nor what one gave back."""
    if invoice.kind != InvoiceKind.INVOICE or Invoice.objects.filter(cancels=invoice).exists():
        return 0
    return max(0, outstanding(invoice))


def being_paid(invoice: Invoice) -> bool:
    return bool(under_way([invoice]))


def under_way(invoices: Iterable[Invoice]) -> set[UUID]:
    """Those whose payment waits for a bank."""
    rows = StripePayment.objects.filter(invoice__in=list(invoices), status__in=UNDER_WAY)
    return set(rows.values_list("invoice", flat=True))


def collect(invoice: Invoice) -> StripeInvoice | None:
    """Mirror an invoice that is wholly unpaid, up to its being open; None when there is nothing to mirror.

    Raises Unequal for a mirror that does not ask for our total: it is left a draft, and asked of nobody.
    """
    row = StripeInvoice.objects.filter(invoice=invoice).first()
    if row is None and left_of(invoice) == invoice.total > 0:
        row = _begun(invoice, mirror(invoice.account))
    if row is None or row.status != "draft":
        return row
    found = _filled(invoice, plain(api().invoices.retrieve(row.stripe_id)))
    if found["total"] != invoice.total:
        raise Unequal(f"{invoice.number} is {invoice.total} here and {found['total']} at Stripe")
    _finalize(row)
    row.refresh_from_db()
    return row


def _finalize(row: StripeInvoice) -> None:
    if plain(api().invoices.retrieve(row.stripe_id))["status"] == "draft":
        api().invoices.finalize_invoice(row.stripe_id, {"auto_advance": False}, once(f"finalize-{row.stripe_id}"))
    bring_invoice(row.stripe_id)


class Unequal(Exception):
    """A mirror that would ask for another sum than our invoice."""


def lines_of(invoice: Invoice) -> list[tuple[str, int]]:
    """What each line says and asks, VAT last: the sum is our total, and Stripe computes nothing."""
    said = invoice.content.get("lines", [])
    lines = [(str(line["label"])[:LONGEST], int(line["net"])) for line in said]
    return [*lines, ("TVA", invoice.vat)] if invoice.vat else lines


def _begun(invoice: Invoice, customer: str) -> StripeInvoice:
    """Its draft: the one that a lost answer was about, or a new one."""
    named = {"invoice": str(invoice.pk), "number": invoice.number}
    found = next((each for each in every(api().invoices, customer=customer) if _is(each, named["invoice"])), None)
    if found is None:
        asked = {
            "customer": customer,
            "collection_method": "send_invoice",
            "days_until_due": max(0, (invoice.due_on - invoice.issued_on).days),
            "auto_advance": False,
            "description": invoice.number,
            "metadata": named,
            "pending_invoice_items_behavior": "exclude",
        }
        found = plain(api().invoices.create(asked, once(f"invoice-{invoice.pk}-{customer}")))
    row, _made = StripeInvoice.objects.get_or_create(
        invoice=invoice, defaults={"stripe_id": found["id"], "status": found["status"]}
    )
    return row


def _is(found: dict[str, Any], name: str) -> bool:
    return (found["metadata"] or {}).get("invoice") == name and found["status"] != "void"


def _filled(invoice: Invoice, found: dict[str, Any]) -> dict[str, Any]:
    """Add the lines that are not there yet; the mirror as it is then."""
    if found["status"] != "draft":
        return found
    there = {line["metadata"].get("line") for line in found["lines"]["data"]}
    for at, (label, cents) in enumerate(lines_of(invoice)):
        if str(at) not in there:
            asked = {"customer": found["customer"], "invoice": found["id"], "amount": cents, "currency": "eur"}
            asked |= {"description": label, "metadata": {"line": str(at)}}
            api().invoice_items.create(asked, once(f"line-{found['id']}-{at}"))
    return plain(api().invoices.retrieve(found["id"]))


def charge(row: StripeInvoice, today: date | None = None) -> bool:
    """Ask the payer's means of payment for an invoice that is due, once per means; whether it was asked."""
    invoice, account = row.invoice, row.invoice.account
    means = account.stripe_payment_method
    if not means or row.tried == means or invoice.due_on > (today or timezone.localdate()):
        return False
    bring_invoice(row.stripe_id)
    row.refresh_from_db()
    if row.status != "open" or being_paid(invoice) or left_of(invoice) != invoice.total:
        return False
    expire_pages(invoice)
    asked = {"payment_method": means, "off_session": True}
    try:
        api().invoices.pay(row.stripe_id, asked, once(f"pay-{row.stripe_id}-{means}"))
    except stripe.CardError as error:
        logger.info("a payment was refused: %s", error.code)
    bring_invoice(row.stripe_id)
    StripeInvoice.objects.filter(pk=row.pk).update(tried=means)
    return True


def close(row: StripeInvoice) -> bool:
    """Ask no more for what is settled here: paid another way, or cancelled by a credit note."""
    if row.status in DONE or left_of(row.invoice) or being_paid(row.invoice):
        return False
    expire_pages(row.invoice)
    cancelled = Invoice.objects.filter(cancels=row.invoice).exists()
    if row.status == "draft":  # half made: it is never asked for, and its number is no number of ours
        cancelled = True
        _finalize(row)
        row.refresh_from_db()
        if row.status in DONE:
            return True
    if cancelled:
        api().invoices.void_invoice(row.stripe_id)
    else:
        api().invoices.pay(row.stripe_id, {"paid_out_of_band": True})
    bring_invoice(row.stripe_id)
    return True


def learn_of_pages(invoice: Invoice) -> None:
    """Bring what was paid on its pages and is not told yet: an event may be late."""
    customer = invoice.account.stripe_customer
    if not customer:
        return
    for each in list(every(api().checkout.sessions, customer=customer, status="complete")):
        if each["metadata"].get("invoice") == str(invoice.pk) and each["payment_intent"]:
            bring_payment(each["payment_intent"])


def expire_pages(invoice: Invoice) -> None:
    """Close the pages where it could still be paid: nobody pays twice."""
    customer = invoice.account.stripe_customer
    if not customer:
        return
    for each in list(every(api().checkout.sessions, customer=customer, status="open")):
        if each["metadata"].get("invoice") == str(invoice.pk):
            api().checkout.sessions.expire(each["id"])
