"""What an administrator asks for from the office: a quote, or a quote that is ordered at once.

Each form says after which paper it was opened (`after`): the same form sent twice finds the paper that the first made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from billing.actions.ordering import Orderer, References, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Order, Quote, Subscription
from billing.models.quote import OrderMeans
from billing.prices import Rhythm
from billing.queries.offers import Buyer, Contact
from core.audit.actions import record

_KNOWN = ("siren", "siret", "service_code", "engagement", "street", "postal_code", "city")


class Moved(Exception):
    """The price is no longer the one that was shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`sms` counts packs by their key; then there are no modules."""

    subscription: Subscription
    modules: frozenset[str]
    rhythm: Rhythm = Rhythm.YEARLY
    aligned: bool = False
    start: date | None = None
    moment: str = Account.Moment.END
    sms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks for the commune, as papers say it."""

    name: str
    capacity: str
    email: str


@transaction.atomic
def ask_quote(asked: Asked, person: Person, *, after: str, author: Any) -> Quote:
    """Raises Overlaps, Unpriced and NoPrices, changing nothing."""
    author.take_turn()
    last = last_quote(asked.subscription.account)
    if last is not None and last.number != after:
        return last
    made = _quoted(asked, person)
    record("billing.quote_asked", author=author, target=made.number)
    return made


@transaction.atomic
def command(
    asked: Asked, person: Person, references: Mapping[str, str], *, expected: int | None, after: str, author: Any
) -> Order:
    """Raises Moved, Overlaps, Unpriced, NoPrices and BadReferences, changing nothing."""
    author.take_turn()
    last = last_order(asked.subscription.account)
    if last is not None and last.number != after:
        return last
    quote = _quoted(asked, person)
    if quote.net != expected:
        raise Moved(str(quote.net))
    return command_quote(
        quote, person, references, means=OrderMeans.ONLINE, moment=asked.moment, signed=None, author=author
    )


@transaction.atomic
def command_quote(
    quote: Quote,
    person: Person,
    references: Mapping[str, str],
    *,
    means: str,
    moment: str,
    signed: bytes | None,
    author: Any,
) -> Order:
    """An administrator who is signed in orders: it is accepted at once, and once. Raises Expired, BadReferences."""
    author.take_turn()
    known = Order.objects.filter(quote=quote).first()
    if known is not None:
        return known
    account = quote.account
    said = References(
        siret=references["siret"],
        service_code=references.get("service_code", ""),
        engagement=references.get("engagement", ""),
        order_reference=references.get("reference", ""),
        street=account.street,
        postal_code=account.postal_code,
        city=account.city,
    )
    by = Orderer(person.name, person.capacity, person.email)
    return order_quote(quote=quote, means=means, by=by, references=said, moment=moment, signed=signed, trusted=True)


def last_quote(account: Account) -> Quote | None:
    return account.quotes.order_by("-made_at").defer("content").first()


def last_order(account: Account) -> Order | None:
    return Order.objects.filter(quote__account=account).order_by("-received_at").first()


def ordered_from(subscription: Subscription, start: date) -> bool:
    """Whether a term that begins on this day was ordered already."""
    return subscription.terms.filter(first=start).exists()


def _quoted(asked: Asked, person: Person) -> Quote:
    account, commune = asked.subscription.account, asked.subscription.commune
    known = {name: getattr(account, name) for name in _KNOWN}
    return make_quote(
        account_facts=Buyer.commune(commune, **known),
        wanted={commune: asked.modules},
        rhythm=asked.rhythm,
        aligned=asked.aligned,
        start=asked.start,
        moment=asked.moment,
        contact=Contact(person.name, person.capacity, person.email),
        sms=asked.sms,
    )
