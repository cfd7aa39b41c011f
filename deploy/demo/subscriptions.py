"""What the demo's communes ordered, were asked for and paid: told day by day, so that numbers follow the days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from billing.actions.advancing import advance
from billing.actions.changing import change_modules, difference
from billing.actions.invoicing import invoice_term, record_payment
from billing.actions.ordering import Orderer, References, accept_order, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Invoice, Recipient, Subscription
from billing.models.account import Moment
from billing.models.invoice import Source
from billing.models.quote import OrderMeans, Quote
from billing.papers import siret_of_siren
from billing.prices import Rhythm
from billing.queries.days import supplier_today
from billing.queries.offers import Buyer, Contact
from billing.queries.terms import terms_of
from deploy.demo import texts
from deploy.demo.clock import at
from tenants.models import Commune

EVERYTHING = ("presentation", "news", "alerts")
FICTION = "732829320"  # where the directory knows no SIREN
STREETS: Final = {"eze": "Place de la mairie", "abbeville": "1 place de la mairie"}


@dataclass(frozen=True, slots=True)
class Day:
    """Something done at a moment."""

    moment: datetime
    act: Callable[[], object]


@transaction.atomic
def tell(now: datetime) -> None:
    """All that happened in the communes that are opened, in the order of its days; then what is due today."""
    opened = set(Subscription.objects.filter(space__isnull=False).values_list("commune__slug", flat=True))
    stories = {"eze": _eze, "abbeville": _abbeville, "sainte-colombe-05": _sainte_colombe, texts.SUSPENDED: _gerberoy}
    days = [day for slug, story in stories.items() if slug in opened for day in story(now)]
    for day in sorted(days, key=lambda each: each.moment):
        with at(day.moment):
            day.act()
    for subscription in Subscription.objects.filter(space__isnull=False):
        advance(subscription)


def _eze(now: datetime) -> Iterator[Day]:
    """A year ordered by a council, paid by transfer; a module and SMS since; to be renewed soon."""
    commune = _commune("eze")
    first = now - timedelta(days=322)
    yield Day(first - timedelta(days=20), lambda: _recipient(commune, "comptabilite@eze.example"))
    yield Day(first - timedelta(days=18), lambda: _quote(commune, ("news", "alerts")))
    yield Day(first, lambda: _accepted(commune, OrderMeans.SIGNED_QUOTE, Moment.START, signed=True))
    yield Day(first + timedelta(days=26), lambda: _paid(commune))
    yield Day(first + timedelta(days=90), lambda: _change(commune, EVERYTHING))
    yield Day(first + timedelta(days=118), lambda: _paid(commune))
    yield Day(first + timedelta(days=200), lambda: _quote(commune, (), sms={"500": 1}))
    yield Day(first + timedelta(days=200), lambda: _accepted(commune, OrderMeans.ONLINE, Moment.START))
    yield Day(first + timedelta(days=229), lambda: _paid(commune))


def _abbeville(now: datetime) -> Iterator[Day]:
    """Asked for each month, the service given; one invoice is late, and nothing is cut."""
    commune = _commune("abbeville")
    first = now - timedelta(days=250)
    yield Day(first - timedelta(days=1), lambda: _recipient(commune, "finances@abbeville.example"))
    yield Day(first - timedelta(days=1), lambda: _quote(commune, EVERYTHING, rhythm=Rhythm.MONTHLY))
    yield Day(first, lambda: _accepted(commune, OrderMeans.PURCHASE_ORDER, Moment.END, reference="BC-0412"))
    for week in range(1, 36):
        yield Day(first + timedelta(days=7 * week), lambda: _invoiced(commune))
    for month in range(2, 6):
        yield Day(first + timedelta(days=30 * month + 3), lambda: _paid(commune))


def _sainte_colombe(now: datetime) -> Iterator[Day]:
    """A village in its second year, ordered online; a quote for SMS waits for its council."""
    commune = _commune("sainte-colombe-05")
    first = now - timedelta(days=365 + 20)
    yield Day(first, lambda: _quote(commune, EVERYTHING))
    yield Day(first, lambda: _accepted(commune, OrderMeans.ONLINE, Moment.END))
    again = first + timedelta(days=350)
    yield Day(again, lambda: _quote(commune, EVERYTHING, start=_day_after(commune)))
    yield Day(again, lambda: _accepted(commune, OrderMeans.ONLINE, Moment.START))
    yield Day(first + timedelta(days=366), lambda: _invoiced(commune))
    yield Day(now - timedelta(days=4), lambda: _paid(commune))
    yield Day(now - timedelta(days=3), lambda: _quote(commune, (), sms={"500": 2}))


def _gerberoy(now: datetime) -> Iterator[Day]:
    """Suspended since by the operator, which is no matter of payment."""
    commune = _commune(texts.SUSPENDED)
    yield Day(now - timedelta(days=100), lambda: _quote(commune, ("news",)))
    yield Day(now - timedelta(days=98), lambda: _accepted(commune, OrderMeans.ONLINE, Moment.END))


def _commune(slug: str) -> Commune:
    return Commune.objects.get(slug=slug)


def _subscription(commune: Commune) -> Subscription:
    return Subscription.objects.select_related("commune", "space", "account").get(space__commune=commune)


def _recipient(commune: Commune, email: str) -> None:
    account = _subscription(commune).account
    Recipient.objects.create(account=account, email=email, label="Comptabilité", added_by=_mayor(commune).email)


def _siret(commune: Commune) -> str:
    return siret_of_siren(_subscription(commune).account.siren or FICTION)


def _mayor(commune: Commune) -> Contact:
    return Contact("Mahaut (personne fictive)", "Maire", f"maire@{commune.slug}.example")


def _quote(
    commune: Commune,
    modules: tuple[str, ...],
    *,
    rhythm: Rhythm = Rhythm.YEARLY,
    start: date | None = None,
    sms: dict[str, int] | None = None,
) -> Quote:
    street = STREETS.get(commune.slug, "Mairie")
    return make_quote(
        account_facts=Buyer.commune(commune, siret=_siret(commune), street=street),
        wanted={commune: modules},
        rhythm=rhythm,
        aligned=False,
        start=start,
        moment=Moment.END,
        contact=_mayor(commune),
        sms=sms,
    )


def _accepted(
    commune: Commune, means: OrderMeans, moment: Moment, *, reference: str = "", signed: bool = False
) -> None:
    """The order of the last quote, by the mayor; what is not ordered online is accepted by the operator."""
    mayor = _mayor(commune)
    quote = Quote.objects.filter(account__commune=commune).latest("made_at")
    order = order_quote(
        quote=quote,
        means=means,
        by=Orderer(mayor.name, mayor.capacity, mayor.email),
        references=References(
            siret=_siret(commune),
            engagement=f"E{quote.issued_on:%y}-0178",
            order_reference=reference,
            street=STREETS.get(commune.slug, "Mairie"),
            postal_code=next(iter(commune.postal_codes), ""),
            city=commune.name,
        ),
        moment=moment,
        signed=bytes(quote.paper.content) if signed else None,
        trusted=means == OrderMeans.ONLINE,
    )
    if means != OrderMeans.ONLINE:
        accept_order(order=order, author=texts.OPERATOR)
        Account.objects.filter(commune=commune).update(street=STREETS.get(commune.slug, "Mairie"))


def _change(commune: Commune, modules: tuple[str, ...]) -> None:
    subscription = _subscription(commune)
    shown = difference(subscription, modules)
    change_modules(subscription=subscription, modules=modules, expected=shown.now_net, author=_mayor(commune).email)


def _invoiced(commune: Commune) -> None:
    for term in terms_of(_subscription(commune)):
        invoice_term(term, supplier_today(), author="Beffroi")


def _paid(commune: Commune) -> None:
    """The oldest invoice that nobody paid, by the public treasury."""
    asked = Invoice.objects.filter(account__commune=commune, kind=Invoice.Kind.INVOICE, payments__isnull=True)
    found = asked.order_by("issued_at", "number").first()
    if found is not None:
        record_payment(
            invoice=found,
            cents=found.total,
            received_on=supplier_today(),
            source=Source.TRANSFER,
            reference=f"DGFIP {found.number}",
            author=texts.OPERATOR,
        )


def _day_after(commune: Commune) -> date:
    return max(each.last for each in terms_of(_subscription(commune))) + timedelta(days=1)
