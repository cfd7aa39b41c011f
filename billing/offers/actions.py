"""What somebody without an account asks for: a quote, the same one at today's price, its order."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from billing.actions.ordering import Orderer, References, order_quote
from billing.actions.quoting import make_quote
from billing.models import Order, Quote
from billing.models.account import Moment
from billing.models.quote import OrderMeans
from billing.offers.choosing import Buying
from billing.offers.drafting import Asked, departement_of, first_day
from billing.queries.days import supplier_today
from billing.queries.offers import Buyer, Contact, Offer, offer_of
from tenants.models import Commune


@transaction.atomic
def ask(buying: Buying, asked: Asked, said: Mapping[str, Any]) -> Quote:
    """A quote at today's price, sent to who asks. Asked twice the same day, it is one quote and one message.

    Raises Overlaps and Unpriced, changing nothing.
    """
    contact = Contact(name=said["name"], capacity=said["capacity"], email=said["email"])
    one_after_the_other(contact.email)
    earlier = Quote.objects.filter(contact_email=contact.email, issued_on=supplier_today(), order__isnull=True)
    for quote in earlier:
        if _asks(offer_of(quote), buying, asked, contact):
            return quote
    return make_quote(
        account_facts=buyer(buying, asked),
        wanted=asked.wanted,
        rhythm=asked.rhythm,
        aligned=asked.aligned,
        start=asked.start,
        moment=Moment.END,
        contact=contact,
    )


@transaction.atomic
def renew(quote: Quote) -> Quote:
    """What an old quote offered, at today's price and sent to the same address. Asked twice the same day, it is one."""
    offer = offer_of(quote)
    known = Commune.objects.in_bulk([each.insee for each in offer.communes])
    wanted = {known[each.insee]: frozenset(each.modules) for each in offer.communes if each.insee in known}
    buying = Buying(tuple(wanted), offer.buyer.siren if offer.buyer.is_group else "", offer.buyer.name)
    start = offer.start if offer.start and offer.start >= buying.today else None
    start = first_day(buying.communes, start, aligned=offer.aligned)
    asked = Asked(wanted, offer.rhythm, offer.aligned, start)
    contact = {"name": quote.contact_name, "capacity": quote.contact_capacity, "email": quote.contact_email}
    return ask(buying, asked, contact)


def order(quote: Quote, said: Mapping[str, Any], signed: bytes | None) -> Order:
    """The order that the operator reads. Raises Expired and BadReferences, changing nothing."""
    is_signed = said["means"] == OrderMeans.SIGNED_QUOTE
    return order_quote(
        quote=quote,
        means=said["means"],
        by=Orderer(name=said["name"], capacity=said["capacity"], email=said["email"]),
        references=References(
            siret=said["siret"],
            service_code=said["service_code"],
            engagement=said["engagement"],
            order_reference=said["reference"],
        ),
        moment=said["moment"],
        signed=signed if is_signed else None,
    )


def buyer(buying: Buying, asked: Asked) -> Buyer:
    if not buying.is_group:
        return Buyer.commune(buying.communes[0])
    return Buyer(name=buying.name, departement=departement_of(asked.wanted), siren=buying.siren)


def one_after_the_other(email: str) -> None:
    """Two clicks wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"quote {email}"])


def _asks(offer: Offer, buying: Buying, asked: Asked, contact: Contact) -> bool:
    """Whether an offer is just what is asked for."""
    return (
        offer.contact == contact
        and offer.buyer.is_group == buying.is_group
        and {each.insee: set(each.modules) for each in offer.communes}
        == {each.insee: set(modules) for each, modules in asked.wanted.items()}
        and (offer.rhythm, offer.aligned, offer.start) == (asked.rhythm, asked.aligned, asked.start)
        and not offer.sms
    )
