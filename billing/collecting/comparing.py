"""What is otherwise at Stripe than here, both ways: customers, subscriptions, invoices, money."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, Sum
from django.utils import timezone

from billing.collecting.catching import unpaid
from billing.collecting.client import api, every
from billing.collecting.customers import KINDS
from billing.collecting.in_force import wanted
from billing.collecting.invoices import left_of
from billing.collecting.money import GIVEN_BACK, WITHDRAWN
from billing.collecting.subscriptions import OVER, is_quiet, items_there, lines
from billing.collecting.telling import Difference, said
from billing.models import Account, Invoice, StripePayment, StripeSubscription
from billing.models.invoice import Payment, Source
from billing.prices import euros

# A mirror of a credit note's invoice, or one paid another way, is closed within the hour: the night sees it so.
MONEY_MOVES_FOR = timedelta(days=400)


def differences() -> Iterator[Difference]:
    """Each with its subject and its words; nothing is changed."""
    known = set(Account.objects.exclude(stripe_customer="").values_list("stripe_customer", flat=True))
    for found in every(api().customers):
        if found["id"] not in known:
            yield said(found.get("name") or found["id"], f"Stripe a un client {found['id']} que nous n’avons pas.")
        known.discard(found["id"])
    for account in Account.objects.exclude(stripe_customer=""):
        if account.stripe_customer in known:
            yield said(account.name, f"Stripe n’a plus son client {account.stripe_customer}.")
        else:
            yield from _of(account)


def _of(account: Account) -> Iterator[Difference]:
    customer = account.stripe_customer
    means = {each["id"] for each in api_means(customer)}
    if account.stripe_payment_method and account.stripe_payment_method not in means:
        yield said(account.name, "Le moyen de paiement noté ici n’existe plus chez Stripe.")
    yield from _subscriptions(account, list(every(api().subscriptions, customer=customer, status="all")))
    yield from _invoices(account, list(every(api().invoices, customer=customer)))
    yield from _money(account)


def api_means(customer: str) -> list[dict[str, Any]]:
    page = api().customers.payment_methods.list(customer, {"limit": 100}).to_dict()
    found: list[dict[str, Any]] = page["data"]
    return found


def _subscriptions(account: Account, found: list[dict[str, Any]]) -> Iterator[Difference]:
    rows = StripeSubscription.objects.filter(subscription__account=account).select_related(
        "subscription__commune", "subscription__account"
    )
    ours = {row.stripe_id: row for row in rows}
    for each in found:
        row = ours.pop(each["id"], None)
        if row is None:
            if each["status"] not in OVER:
                yield said(account.name, f"Stripe a un abonnement {each['id']} que nous n’avons pas.")
            continue
        yield from _subscription(account, row, each)
    for row in ours.values():
        if row.status not in OVER:
            yield said(account.name, f"Stripe n’a pas l’abonnement {row.stripe_id}.")


def _subscription(account: Account, row: StripeSubscription, found: dict[str, Any]) -> Iterator[Difference]:
    subject, what = f"{account.name}, abonnement {row.stripe_id}", wanted(row.subscription)
    if found["status"] in OVER:
        if what is not None:
            yield said(subject, "Il est arrêté chez Stripe et court ici.")
        return
    there, here = items_there(found), sorted(what.items.items()) if what else []
    if there != here:
        yield said(subject, f"Ses lignes sont {lines(there)} chez Stripe et {lines(here)} ici.")
    if what and found["cancel_at"] != what.ends:
        yield said(subject, "Il ne finit pas chez Stripe le jour où il finit ici.")
    if not is_quiet(found):
        yield said(subject, "Stripe pourrait facturer de lui-même : la pause n’est plus là.")


def _invoices(account: Account, found: list[dict[str, Any]]) -> Iterator[Difference]:
    ours = {str(each.pk): each for each in Invoice.objects.filter(account=account)}
    mirrored: set[str] = set()
    for each in found:
        name = (each["metadata"] or {}).get("invoice", "")
        invoice = ours.get(name)
        if each["status"] == "void":
            continue
        if invoice is None:
            what = f"une facture {each['number'] or each['id']} de {euros(each['total'])}"
            yield said(account.name, f"Stripe a {what} qui n’est pas à nous.")
            continue
        if name in mirrored:
            yield said(invoice.number, "Stripe en a deux copies.")
        mirrored.add(name)
        yield from _invoice(invoice, each)
    if account.method in KINDS:
        for invoice in unpaid(account):
            if str(invoice.pk) not in mirrored and left_of(invoice) == invoice.total:
                yield said(invoice.number, "Stripe ne l’a pas.")


def _invoice(invoice: Invoice, found: dict[str, Any]) -> Iterator[Difference]:
    if found["total"] != invoice.total:
        yield said(invoice.number, f"{euros(found['total'])} chez Stripe, {euros(invoice.total)} ici.")
    left = left_of(invoice)
    if found["status"] == "paid" and left:
        yield said(invoice.number, f"Payée chez Stripe ; il reste {euros(left)} ici.")
    if found["status"] in ("draft", "open") and not left:
        yield said(invoice.number, "Soldée ici ; encore demandée chez Stripe.")
    if found["status"] == "uncollectible":
        yield said(invoice.number, "Stripe la dit irrécouvrable.")


def _money(account: Account) -> Iterator[Difference]:
    """What Stripe received net of what it gave back, by invoice; and what was paid too much."""
    since = int((timezone.now() - MONEY_MOVES_FOR).timestamp())
    there: Counter[str] = Counter()
    for each in every(api().payment_intents, customer=account.stripe_customer, created={"gte": since}):
        if each["status"] == "succeeded":
            there[each["id"]] = each["amount_received"] - _gone(each["id"])
    invoices = dict(StripePayment.objects.filter(stripe_id__in=there).values_list("stripe_id", "invoice__number"))
    for identifier, cents in there.items():
        here = _recorded(identifier)
        if cents != here:
            subject = invoices.get(identifier) or account.name
            yield said(subject, f"Paiement {identifier} : {euros(cents)} chez Stripe, {euros(here)} ici.")
    paid = Invoice.objects.filter(account=account).annotate(paid=Sum("payments__cents"))
    for invoice in paid.filter(paid__gt=F("net") + F("vat"), net__gte=0):
        over = euros(invoice.paid - invoice.total)
        yield said(invoice.number, f"Payée {over} de trop : à rendre ou à déduire.")


def _gone(identifier: str) -> int:
    refunds = (
        each["amount"] for each in every(api().refunds, payment_intent=identifier) if each["status"] in GIVEN_BACK
    )
    lost = (each["amount"] for each in every(api().disputes, payment_intent=identifier) if each["status"] in WITHDRAWN)
    return int(sum(refunds) + sum(lost))


def _recorded(identifier: str) -> int:
    """What our payments say of one of Stripe's, its refunds and disputes included."""
    names = [identifier, *(each["id"] for each in every(api().refunds, payment_intent=identifier))]
    names += [each["id"] for each in every(api().disputes, payment_intent=identifier)]
    named = Q()
    for name in names:
        named |= Q(reference=name) | Q(reference__startswith=f"{name}#")
    return int(Payment.objects.filter(named, source=Source.STRIPE).aggregate(sum=Sum("cents"))["sum"] or 0)
