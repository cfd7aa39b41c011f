"""What each page of a commune's office should show of money, for an administrator."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from billing.models import Invoice, Order, Quote
from billing.prices import Rhythm, vat_of
from tenants.switches import entitled_modules, modules_on
from tests.amounts.money import (
    DAY,
    NET,
    PER,
    TOTAL,
    VAT,
    Buying,
    Days,
    Money,
    left_of,
    quoted,
    tax,
    taxed,
    term_from,
    total_of,
    under,
)
from tests.amounts.scenes import Scene

LEAST_DAYS = 90  # a year's end that is nearer is not proposed


@dataclass(frozen=True)
class Choice:
    """What a form of order says."""

    modules: frozenset[str]
    rhythm: Rhythm
    aligned: bool
    start: date

    @property
    def days(self) -> Days:
        return Days(term_from(self.start, aligned=self.aligned), self.rhythm, self.aligned)

    def due(self, buying: Buying) -> int:
        return sum(buying.spent(self.modules, self.days).values())


def proposed(scene: Scene) -> Choice:
    """What is ticked on arrival: what the commune has, from the day after what it pays or tries."""
    term = scene.subscription.terms.order_by("last").last()
    if term is None:
        start = scene.subscription.trial_until + DAY
        modules, rhythm = modules_on(scene.place.schema_name), Rhythm.YEARLY
    else:
        start, rhythm = term.last + DAY, Rhythm(term.rhythm)
        modules = frozenset(term.choices.order_by("since", "made_at").last().modules)
    left = date(start.year, 12, 31) - start
    return Choice(modules, rhythm, left.days >= LEAST_DAYS, start)


def owes_itself(scene: Scene) -> bool:
    """Nobody orders for it."""
    return scene.subscription.account == scene.account


def overview(scene: Scene) -> Iterator[Money]:
    asked = scene.account.invoices.filter(kind=Invoice.Kind.INVOICE)
    yield from (Money(left, TOTAL) for each in asked if (left := left_of(each)) > 0)
    running = scene.running
    buying = running.buying if running else scene.buying
    modules = running.used(scene.day) if running else modules_on(scene.place.schema_name)
    rhythm = running.rhythm if running else Rhythm.YEARLY
    yield from buying.lines(modules, rhythm)
    yield from buying.listed(modules, rhythm)
    yield tax(buying.price(modules, rhythm).net, buying.rate)
    yield from scene.following


def every_module(buying: Buying, rhythm: Rhythm) -> list[Money]:
    return buying.alone(settings.CATALOGUE.slugs, rhythm)


def order(scene: Scene) -> Iterator[Money]:
    if owes_itself(scene):
        yield from every_module(scene.buying, proposed(scene).rhythm)
        yield from offer(scene.buying, proposed(scene))


def order_price(scene: Scene) -> Iterator[Money]:
    if owes_itself(scene):
        yield from offer(scene.buying, proposed(scene))


def offer(buying: Buying, choice: Choice) -> Iterator[Money]:
    yield from buying.lines(choice.modules, choice.rhythm)
    yield from buying.listed(choice.modules, choice.rhythm)
    saved, due = buying.saved(choice.modules, choice.rhythm), choice.due(buying)
    if saved > 0:
        yield Money(saved, NET, PER[choice.rhythm])
    if due != buying.price(choice.modules, choice.rhythm).net:
        yield from taxed(due, buying.rate)


def recap(scene: Scene) -> Iterator[Money]:
    if owes_itself(scene):
        due = proposed(scene).due(scene.buying)
        yield from offer(scene.buying, proposed(scene))
        yield from (*taxed(due, scene.buying.rate), tax(due, scene.buying.rate))


def change(scene: Scene) -> Iterator[Money]:
    if scene.running and owes_itself(scene):
        yield from every_module(scene.running.buying, scene.running.rhythm)
        yield from change_price(scene)


def change_price(scene: Scene) -> Iterator[Money]:
    if scene.running and owes_itself(scene):
        yield from changing(scene, scene.running.used(scene.day))


def changing(scene: Scene, modules: Iterable[str]) -> Iterator[Money]:
    """To these, from the day on."""
    running = scene.running
    assert running is not None
    chosen = sorted(settings.CATALOGUE.closed(modules))
    yield from under("Aujourd’hui", *running.buying.listed(running.used(scene.day), running.rhythm))
    yield from under("Ensuite", *running.buying.listed(chosen, running.rhythm))
    yield from running.buying.lines(chosen, running.rhythm)
    more = running.difference(chosen, scene.day)
    yield Money(more, NET)  # carried by the form
    if more:
        yield Money(abs(more), NET)
        yield Money(abs(more + vat_of(more, running.buying.rate)), TOTAL)


def sms(scene: Scene) -> Iterator[Money]:
    if owes_itself(scene):
        for pack in scene.buying.book.sms_packs:
            yield from taxed(pack.cents, scene.buying.rate)


def documents(scene: Scene) -> Iterator[Money]:
    yield from map(total_of, scene.account.invoices.all())
    yield from (quoted(each)[1] for each in scene.account.quotes.all())
    yield from (quoted(each.quote)[1] for each in Order.objects.filter(quote__account=scene.account))


def quote(scene: Scene) -> Iterator[Money]:
    found = scene.row(Quote)
    if owes_itself(scene) and found.account == scene.account:
        net, total = quoted(found)
        yield from (net, total, Money(total.cents - net.cents, VAT))


def modules(scene: Scene) -> Iterator[Money]:
    """Those that the commune may not turn on."""
    running = scene.running
    has = entitled_modules(scene.place.space) | modules_on(scene.place.schema_name)
    buying, rhythm = (running.buying, running.rhythm) if running else (scene.buying, Rhythm.YEARLY)
    yield from buying.alone(settings.CATALOGUE.slugs - has, rhythm)


ABOUT: dict[str, Callable[[Scene], Iterator[Money]]] = {
    "space:modules": modules,
    **{
        f"billing:{each.__name__}": each
        for each in (overview, order, order_price, recap, change, change_price, sms, documents, quote)
    },
}
