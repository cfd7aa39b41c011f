"""What was asked for, what was paid, what is left."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from billing.models import Account, Invoice, Order, Payment, Subscription, Term


def invoices_of(subscription: Subscription) -> QuerySet[Invoice]:
    """What was asked for a commune: its terms', alone or among an EPCI's, and what it bought once for itself."""
    once = Q(terms=None, order__quote__content__communes__contains=[{"insee": subscription.commune_id}])
    return Invoice.objects.filter(Q(pk__in=Invoice.objects.filter(terms__subscription=subscription)) | once)


def sms_taken_back(subscription: Subscription) -> QuerySet[Order]:
    """Orders of SMS of a commune of which nothing is asked for any more: their invoice was cancelled."""
    mine = Order.objects.filter(quote__content__communes__contains=[{"insee": subscription.commune_id}])
    once = mine.filter(accepted_at__isnull=False, invoices__isnull=False, invoices__terms=None)
    back = Invoice.objects.filter(order=OuterRef("pk"), kind=Invoice.Kind.CREDIT_NOTE, terms=None)
    return once.filter(Exists(back)).annotate(asked=Sum("invoices__net")).filter(asked=0)


def outstanding(invoice: Invoice) -> int:
    """Cents including VAT that are left to pay; below nothing when too much was paid or given back."""
    return outstanding_of([invoice])[invoice.number]


def outstanding_of(invoices: Iterable[Invoice]) -> dict[str, int]:
    """By number, in two statements. A credit note is taken off the invoice that it names; of one whose net was given
    back in several, no cent of VAT that each of them rounded is left."""
    asked = {each.number: (each.net, each.vat) for each in invoices if each.kind == Invoice.Kind.INVOICE}
    for name, net, vat in _credits(asked):
        asked[name] = (asked[name][0] + net, asked[name][1] + vat)
    left = {name: net + vat if net else 0 for name, (net, vat) in asked.items()}
    paid = Payment.objects.filter(invoice__number__in=list(left)).order_by().values_list("invoice__number")
    for name, cents in paid.annotate(cents=Sum("cents")):
        left[name] -= cents
    return left


def standing_nets(term: Term, invoices: Iterable[Invoice]) -> dict[str, int]:
    """By number, what each invoice asks for a term excluding VAT, less the credit notes that name it."""
    left = {each.number: _net_of(term, each.parts) for each in invoices}
    notes = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE, content__cancels__in=list(left))
    for name, parts in notes.values_list("content__cancels", "parts"):
        left[name] += _net_of(term, parts)
    return left


def _net_of(term: Term, parts: Iterable[Mapping[str, Any]]) -> int:
    return sum(part["net"] for part in parts if part["term"] == str(term.pk))


def _credits(numbers: Iterable[str]) -> Iterable[tuple[str, int, int]]:
    """What is taken off invoices of these numbers."""
    rows = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE, content__cancels__in=list(numbers))
    return rows.values_list("content__cancels", "net", "vat")


def unpaid(invoices: Iterable[Invoice]) -> list[tuple[Invoice, int]]:
    """Those of which something is left to pay, the eldest due first, with how much."""
    kept = [each for each in invoices if each.kind == Invoice.Kind.INVOICE]
    left = outstanding_of(kept)
    return sorted(((each, left[each.number]) for each in kept if left[each.number] > 0), key=lambda one: one[0].due_on)


def late(subscription: Subscription, today: date) -> list[tuple[Invoice, int]]:
    """What should have been paid before a day and was not."""
    return unpaid(invoices_of(subscription).filter(due_on__lt=today))


def late_since(subscription: Subscription, today: date) -> date | None:
    found = late(subscription, today)
    return found[0][0].due_on if found else None


def balance(account: Account) -> int:
    """What a payer owes in all, cents including VAT; below nothing when we owe it."""
    asked = account.invoices.aggregate(net=Sum("net"), vat=Sum("vat"))
    paid = Payment.objects.filter(invoice__account=account).aggregate(cents=Sum("cents"))["cents"] or 0
    return (asked["net"] or 0) + (asked["vat"] or 0) - paid
