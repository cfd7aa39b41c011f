"""Subscriptions of the cast as tests want them, and what was written of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

import time_machine

from billing.actions.advancing import advance
from billing.actions.entitling import entitle
from billing.models import Account, Choice, Invoice, Order, Paper, PriceVersion, Quote, Subscription, Term
from billing.papers import keep, siret_of_siren
from billing.queries.days import zone_of
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Commune
from tests.cast import Place

DAY = timedelta(days=1)
SIREN = "732829320"
_number = count(1)


def trying(place: Place, first: date, last: date, departement: str = "") -> Subscription:
    """A commune of the cast, whose trial has these days; elsewhere than it is where a département is given."""
    if departement:
        Commune.objects.filter(pk=place.insee).update(departement=departement)
    payer = {"siren": SIREN, "siret": siret_of_siren(SIREN), "city": "Saint-Aubin", "postal_code": "80100"}
    Account.objects.filter(commune=place.insee).update(**payer)
    Subscription.objects.filter(space=place.space).update(began_on=first, trial_until=last)
    return of(place)


def of(place: Place) -> Subscription:
    found: Subscription = Subscription.objects.select_related("commune", "space", "account").get(commune_id=place.insee)
    return found


@contextmanager
def on(day: date, subscription: Subscription, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """An hour of a day of the commune's own."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_of(subscription.commune))
    with time_machine.travel(moment, tick=False):
        yield


def run(subscription: Subscription, day: date) -> None:
    with on(day, subscription):
        advance(subscription)


def ordered(subscription: Subscription, first: date, last: date, modules: Iterable[str], **more: object) -> Term:
    """A term, as an accepted order gives it."""
    order = order_of(subscription, accepted=True)
    values = {"rhythm": "yearly", "aligned": False, "moment": "end", "population": 1200} | more
    term = Term.objects.create(
        subscription=subscription,
        order=order,
        account=subscription.account,
        book=order.quote.book,
        first=first,
        last=last,
        **values,
    )
    chosen(term, first, modules)
    return term


def chosen(term: Term, since: date, modules: Iterable[str]) -> Choice:
    return Choice.objects.create(term=term, since=since, modules=sorted(modules), made_by="a")


def order_of(subscription: Subscription, *, accepted: bool = False) -> Order:
    name = f"T-{next(_number)}"
    quote = Quote.objects.create(
        number=name,
        account=subscription.account,
        book=PriceVersion.objects.published().get(number=1),
        content={"communes": [{"insee": subscription.commune_id}]},
        net=100,
        vat=20,
        issued_on=date(2027, 1, 1),
        valid_until=date(2027, 4, 1),
        paper=keep(Paper.Kind.QUOTE, name, name.encode()),
        made_by="a",
    )
    order = Order.objects.create(
        number=name,
        quote=quote,
        means=Order.Means.PURCHASE_ORDER,
        siret="0" * 14,
        moment="end",
        ordered_by="A",
        capacity="Maire",
        email="maire@exemple.fr",
    )
    if accepted:
        Order.objects.filter(pk=order.pk).update(accepted_at=order.received_at, accepted_by="a")
    return order


def invoiced(term: Term, due_on: date, net: int = 1000) -> Invoice:
    name = f"F-{next(_number)}"
    made = Invoice.objects.create(
        number=name,
        kind=Invoice.Kind.INVOICE,
        account=term.account,
        order=term.order,
        first=term.first,
        last=term.last,
        issued_on=due_on - 30 * DAY,
        due_on=due_on,
        content={},
        net=net,
        vat=0,
        paper=keep(Paper.Kind.INVOICE, name, name.encode()),
        issued_by="a",
    )
    made.terms.add(term)
    return made


def letters(to: str | None = None) -> list[str]:
    """The subjects of what was written in the operator's name, in order."""
    with entered(OPERATOR):
        rows = OutgoingEmail.objects.order_by("created_at", "pk")
        return list((rows.filter(recipient=to) if to else rows).values_list("subject", flat=True))


def given(subscription: Subscription) -> None:
    entitle(subscription, author="a")
