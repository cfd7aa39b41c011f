"""What each page of the console should show of money, for an operator."""

from collections.abc import Callable, Iterator
from datetime import date

from billing.models import Invoice, Order, Payment, PriceVersion, Quote
from billing.prices import Rhythm
from tenants.models import Commune
from tests.amounts.money import (
    NET,
    PER,
    TOTAL,
    YEAR,
    Money,
    book_on,
    left_of,
    lines_of,
    quoted,
    total_of,
    under,
)
from tests.amounts.scenes import Scene, running_on


def subscription(scene: Scene) -> Iterator[Money]:
    """The account of a commune: what it is asked for, and what is asked of its own payer."""
    asked = [each for each in Invoice.objects.all() if concerns(each, scene.commune)]
    lefts = [left_of(each) for each in asked if each.kind == Invoice.Kind.INVOICE]
    yield Money(sum(left for left in lefts if left > 0), TOTAL, under="Reste à recevoir")
    for left in lefts:
        yield from (Money(left, TOTAL, under="Reste Factures"), Money(left, TOTAL, under="option"))
    yield from under("TTC", *map(total_of, asked))
    yield from (Money(each.cents, TOTAL) for each in Payment.objects.filter(invoice__in=asked))
    yield from (quoted(each)[0] for each in Quote.objects.all() if is_for(each, scene.commune))
    yield from under("Prochaine facture", *scene.following[1:])


def concerns(invoice: Invoice, commune: Commune) -> bool:
    return invoice.account.commune_id == commune.pk or commune.pk in served(invoice)


def served(invoice: Invoice) -> list[str]:
    return sorted(invoice.terms.values_list("subscription__commune", flat=True))


def is_for(quote: Quote, commune: Commune) -> bool:
    return commune.pk in [each["insee"] for each in quote.content["communes"]]


def cancel(scene: Scene) -> Iterator[Money]:
    invoice = scene.row(Invoice)
    if concerns(invoice, scene.commune):
        yield from cancelling(invoice)


def cancelling(invoice: Invoice) -> list[Money]:
    return [*under("Total", total_of(invoice)), Money(left_of(invoice), TOTAL, under="Reste à payer")]


def subscriptions(scene: Scene) -> Iterator[Money]:
    yearly = []
    for running in running_on(scene.day):
        times = 12 if running.rhythm is Rhythm.MONTHLY else 1
        yearly.append(times * running.buying.price(running.used(scene.day), running.rhythm).net)
    yield from (Money(each, NET, YEAR, under="Par an, HT") for each in yearly)
    yield Money(sum(yearly), NET, YEAR)
    owed: dict[str, int] = {}
    for invoice in Invoice.objects.filter(kind=Invoice.Kind.INVOICE):
        insee = (served(invoice) or [invoice.account.commune_id])[0]  # an EPCI's is counted once
        owed[insee] = owed.get(insee, 0) + max(left_of(invoice), 0)
    yield from (Money(each, TOTAL, under="À recevoir") for each in owed.values() if each)
    yield from [Money(sum(owed.values()), TOTAL)] if sum(owed.values()) else []
    yield from month(scene)


def month(scene: Scene, first: date | None = None) -> Iterator[Money]:
    """Its sums; today's without one."""
    yield Money(sum(total_of(each).cents for each in issued(scene, first)), TOTAL, under="Facturé")
    yield Money(sum(each.cents for each in received(scene, first)), TOTAL, under="Reçu")
    yield Money(sum(each.cents for each in overdue(scene)), TOTAL, under="En retard")


def issued(scene: Scene, first: date | None = None) -> list[Invoice]:
    day = first or scene.day
    return list(Invoice.objects.filter(issued_on__year=day.year, issued_on__month=day.month))


def received(scene: Scene, first: date | None = None) -> list[Money]:
    day = first or scene.day
    rows = Payment.objects.filter(received_on__year=day.year, received_on__month=day.month)
    return [Money(each.cents, TOTAL) for each in rows]


def overdue(scene: Scene) -> list[Money]:
    over = Invoice.objects.filter(kind=Invoice.Kind.INVOICE, due_on__lt=scene.day)
    return [Money(left, TOTAL) for each in over if (left := left_of(each)) > 0]


def invoices(scene: Scene) -> Iterator[Money]:
    yield from month(scene)
    yield from map(total_of, issued(scene))


def orders(scene: Scene) -> Iterator[Money]:
    rows = Order.objects.filter(accepted_at__isnull=True, refused_at__isnull=True)
    yield from (quoted(each.quote)[0] for each in rows)


def order(scene: Scene) -> Iterator[Money]:
    quote = scene.row(Order).quote
    yield from (Money(cents, NET) for cents in lines_of(quote))
    yield from quoted(quote)


def quotes(scene: Scene) -> Iterator[Money]:
    yield from (quoted(each)[0] for each in Quote.objects.all())


def price_version(scene: Scene) -> Iterator[Money]:
    yield from (cents for _place, cents in grid(scene.row(PriceVersion)))


def grid(version: PriceVersion) -> Iterator[tuple[str, Money]]:
    """Every amount of a version, with its place: by line, rhythm and bracket."""
    book = version.book
    columns = {"base": book.base, **book.modules, **{f"pack {pack.key}": pack.amounts for pack in book.packs}}
    for name, column in columns.items():
        for rhythm in Rhythm:
            for at, cents in enumerate(column.of(rhythm)):
                yield f"{name} {rhythm} {at}", Money(cents, NET, PER[rhythm])
    yield from ((f"sms {pack.key}", Money(pack.cents, NET)) for pack in book.sms_packs)


def price_publish(scene: Scene) -> Iterator[Money]:
    """What moves: from the prices in force, to those of the version."""
    sold = PriceVersion.objects.get(number=book_on(scene.day).number)
    before = dict(grid(sold))
    for place, after in grid(scene.row(PriceVersion)):
        if before[place] != after:
            yield from (*under("En vigueur", before[place]), *under("Nouveau", after))


def journal(scene: Scene) -> Iterator[Money]:
    """Payments that an operator wrote."""
    yield from (Money(each.cents, TOTAL) for each in Payment.objects.filter(source=Payment.Source.TRANSFER))


ABOUT: dict[str, Callable[[Scene], Iterator[Money]]] = {
    f"console:{each.__name__}": each
    for each in (
        subscription, cancel, subscriptions, invoices, orders, order, quotes, price_version, price_publish, journal
    )
}  # fmt: skip
# What was written there at some moment is quoted as it was, in words.
QUOTED = frozenset({"console:journal"})
