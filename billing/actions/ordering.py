"""Ordering a quote, and the operator's answer. One quote gives one order, whoever clicks twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.actions.giving import give_what_was_ordered
from billing.actions.letters import order_accepted, order_received, order_refused, quote_url, write
from billing.actions.turns import take_turn
from billing.models import Account, Order, Quote
from billing.models.quote import OrderMeans
from billing.papers import PaperKind, Series, keep, number, valid_siret
from billing.queries.days import supplier_today
from billing.queries.offers import offer_of


class Expired(Exception):
    """The quote is over; another is made."""


class BadReferences(Exception):
    """What the payer said of itself may not stand on an invoice: `faults` are sentences by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {said}" for field, said in faults.items()))
        self.faults = dict(faults)


class AlreadyAnswered(Exception):
    """This order was accepted or refused first; `order` says by whom."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.number)
        self.order = order


@dataclass(frozen=True, slots=True)
class Orderer:
    """Who orders, as papers say it."""

    name: str
    capacity: str
    email: str


@dataclass(frozen=True, slots=True)
class References:
    """What invoices must bear. `order_reference` is the number of the purchase order, where there is one."""

    siret: str
    service_code: str = ""
    engagement: str = ""
    order_reference: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""


@transaction.atomic
def order_quote(
    *,
    quote: Quote,
    means: str,
    by: Orderer,
    references: References,
    moment: str,
    signed: bytes | None = None,
    trusted: bool = False,
) -> Order:
    """The order of a quote; the first one when it was ordered before. `trusted` (an administrator who is signed in) is
    accepted at once, else the operator answers.

    Raises Expired, BadReferences and, when it is trusted, Overlaps, changing nothing.
    """
    held = Quote.objects.select_for_update(of=("self",)).select_related("account").get(pk=quote.pk)
    known = Order.objects.filter(quote=held).first()
    if known is not None:
        return known
    if supplier_today() > held.valid_until:
        raise Expired(held.number)
    take_turn(each.insee for each in offer_of(held).communes)
    order = _received(held, means, by, references, moment, signed)
    if trusted:
        _say_where(held.account, references, by.email)
        return accept_order(order=order, author=by.email)
    write(order_received(order, quote_url(held.pk)), [order.email, settings.OPERATOR_EMAIL])
    return order


def _received(
    quote: Quote, means: str, by: Orderer, references: References, moment: str, signed: bytes | None
) -> Order:
    """Raises BadReferences."""
    siret = _checked(quote.account, means, references, signed)
    return Order.objects.create(
        number=number(Series.ORDER, supplier_today()),
        quote=quote,
        means=means,
        reference=references.order_reference,
        siret=siret,
        service_code=references.service_code,
        engagement=references.engagement,
        moment=moment,
        ordered_by=by.name,
        capacity=by.capacity,
        email=by.email,
        signed=keep(PaperKind.SIGNED_QUOTE, f"{quote.number}-signe.pdf", signed) if signed else None,
    )


def _checked(account: Account, means: str, references: References, signed: bytes | None) -> str:
    """The SIRET. Raises BadReferences."""
    faults, siret = {}, ""
    try:
        siret = valid_siret(references.siret, siren=account.siren)
    except ValidationError as error:
        faults["siret"] = error.messages[0]
    if means == OrderMeans.PURCHASE_ORDER and not references.order_reference.strip():
        faults["order_reference"] = _("Indiquez le numéro de votre bon de commande.")
    if means == OrderMeans.SIGNED_QUOTE and not signed:
        faults["signed"] = _("Joignez le devis signé, en PDF.")
    if faults:
        raise BadReferences(faults)
    return siret


def _say_where(account: Account, references: References, author: str) -> None:
    """The address that invoices bear, as an administrator typed it."""
    said = {name: getattr(references, name) for name in ("street", "postal_code", "city") if getattr(references, name)}
    Account.objects.filter(pk=account.pk).update(**said, changed_by=author)


@transaction.atomic
def accept_order(*, order: Order, author: str) -> Order:
    """Give what was ordered; twice is once. Raises AlreadyAnswered when it was refused, Overlaps when these days were
    ordered otherwise meanwhile, Expired when they are over, changing nothing."""
    held = _unanswered(order)
    if held.accepted_at is not None:
        return held
    if held.refused_at is not None:
        raise AlreadyAnswered(held)
    take_turn(each.insee for each in offer_of(held.quote).communes)
    held.accepted_at, held.accepted_by = timezone.now(), author
    held.save(update_fields=["accepted_at", "accepted_by"])
    account = held.quote.account
    account.siret, account.service_code, account.engagement = held.siret, held.service_code, held.engagement
    account.moment, account.changed_by = held.moment, author
    account.save(update_fields=["siret", "service_code", "engagement", "moment", "changed_by", "changed_at"])
    if not give_what_was_ordered(held, author=author):
        raise Expired(held.quote.number)
    write(order_accepted(held, quote_url(held.quote_id)), [held.email])
    return held


@transaction.atomic
def refuse_order(*, order: Order, reason: str, author: str) -> Order:
    """Twice is once. Raises AlreadyAnswered when it was accepted."""
    held = _unanswered(order)
    if held.refused_at is not None:
        return held
    if held.accepted_at is not None:
        raise AlreadyAnswered(held)
    held.refused_at, held.refused_by, held.refusal = timezone.now(), author, reason
    held.save(update_fields=["refused_at", "refused_by", "refusal"])
    write(order_refused(held, quote_url(held.quote_id)), [held.email])
    return held


def _unanswered(order: Order) -> Order:
    """For this transaction alone: a second operator waits, then reads the first's word."""
    return (
        Order.objects.select_for_update(of=("self",)).select_related("quote__account", "quote__book").get(pk=order.pk)
    )
