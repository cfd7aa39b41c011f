"""What each page of the portal should show of money, for anybody."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.conf import settings

from billing.models import Invoice, Quote
from billing.prices import Rhythm
from tests.amounts.money import DAY, NET, PER, Buying, Money, book_on, lines_of, quoted, taxed, total_of
from tests.amounts.scenes import Scene
from tests.amounts.space import LEAST_DAYS, Choice


def rates(scene: Scene) -> Iterator[Money]:
    """The whole of the prices in force."""
    book = book_on(scene.day)
    for column in (book.base, *book.modules.values(), *(pack.amounts for pack in book.packs)):
        for rhythm in Rhythm:
            yield from (Money(cents, NET, PER[rhythm]) for cents in column.of(rhythm))
    yield from (Money(pack.cents, NET) for pack in book.sms_packs)


def usual(scene: Scene) -> Choice:
    """What is ticked before anybody chose: what suits every commune, to the end of the year that is worth it."""
    modules = settings.CATALOGUE.closed(each.slug for each in settings.CATALOGUE if not each.proposal.wants)
    return Choice(modules, Rhythm.YEARLY, True, first_day(scene))


def first_day(scene: Scene) -> date:
    """Of an aligned term, where nobody says it."""
    end = date(scene.day.year, 12, 31)
    return scene.day if (end - scene.day).days >= LEAST_DAYS else end + DAY


def offer_commune(scene: Scene) -> Iterator[Money]:
    for rhythm in Rhythm:
        yield from scene.buying.alone(settings.CATALOGUE.slugs, rhythm)
    yield from offered([scene.buying], usual(scene), scene.buying.rate)


def offered(buying: Sequence[Buying], choice: Choice, rate: int, *, known: bool = True) -> Iterator[Money]:
    """To one commune or several: a month or a year line by line, in all and by commune, and what the days cost."""
    lines, per = Counter[str](), PER[choice.rhythm]
    for each in buying:
        lines.update({item.key: item.cents for item in each.price(choice.modules, choice.rhythm).items})
    yield from (Money(cents, NET, per) for cents in lines.values())
    yield from taxed(lines.total(), rate, per)
    if known:
        yield Money(sum(choice.due(each) for each in buying), NET)
    if len(buying) > 1:
        yield from (Money(each.price(choice.modules, choice.rhythm).net, NET, per) for each in buying)


def catalogue(buying: Buying, modules: Iterable[str]) -> Iterator[Money]:
    """The catalogue once a commune is chosen."""
    for rhythm in Rhythm:
        yield from buying.alone(settings.CATALOGUE.slugs, rhythm)
    yield from summed(buying, modules)


def summed(buying: Buying, modules: Iterable[str]) -> Iterator[Money]:
    """What is ticked for a year and for a month, and what a year saves."""
    nets = {}
    for rhythm in Rhythm:
        yield from buying.lines(modules, rhythm)
        yield from buying.listed(modules, rhythm)
        nets[rhythm] = buying.price(modules, rhythm).net
    saved = 12 * nets[Rhythm.MONTHLY] - nets[Rhythm.YEARLY]
    if saved > 0:
        yield Money(saved, NET)


def quote(scene: Scene) -> Iterator[Money]:
    found = scene.row(Quote)
    yield from (Money(cents, NET) for cents in lines_of(found))
    yield from quoted(found)
    yield from map(total_of, Invoice.objects.filter(order__quote=found, account=found.account))


def quote_order(scene: Scene) -> Iterator[Money]:
    found = scene.row(Quote)
    if not hasattr(found, "order") and found.valid_until >= scene.day:
        yield from quoted(found)


ABOUT: dict[str, Callable[[Scene], Iterator[Money]]] = {
    each.__name__: each for each in (rates, offer_commune, quote, quote_order)
}
