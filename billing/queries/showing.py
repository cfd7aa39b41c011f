"""Prices in words, for whoever has to read one: what modules cost a commune, line by line, with and without VAT."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from billing.prices import BASE, DISCOUNT, SMS, Item, Price, PriceBook, Rhythm, bracket_of, price, vat_of, vat_rate
from core.catalogue import Manifest
from tenants.models import Commune


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cents: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """A price with its tax. `lines` sum to `net`."""

    rhythm: Rhythm
    lines: tuple[Line, ...]
    net: int
    vat: int

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @classmethod
    def of(cls, book: PriceBook, found: Price, rate: int) -> "Cost":
        lines = tuple(Line(label_of(book, item), item.cents, detail_of(item)) for item in found.items)
        return cls(found.rhythm, lines, found.net, vat_of(found.net, rate))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a commune would pay. `added` come with those asked, `unpriced` are left out of the sums."""

    people: tuple[int, int | None]
    trial_days: int
    rate: int
    month: Cost
    year: Cost
    added: tuple[str, ...]
    unpriced: tuple[str, ...]

    @property
    def lines(self) -> list[tuple[Line, int | None, int | None]]:
        """Each line with its cents for a month and for a year; the cheapest way may differ, None where it is not."""
        month, year = ({(line.label, line.detail): line for line in cost.lines} for cost in (self.month, self.year))
        both = {**year, **month}
        return [
            (line, month[name].cents if name in month else None, year[name].cents if name in year else None)
            for name, line in both.items()
        ]

    @property
    def saved(self) -> int:
        """What paying by the year takes off twelve months."""
        return 12 * self.month.net - self.year.net


def shown(book: PriceBook, commune: Commune, slugs: Iterable[str]) -> Shown:
    """What these modules, with those they need, cost this commune."""
    asked = [slug for slug in slugs if slug in settings.CATALOGUE]
    closed = settings.CATALOGUE.among(settings.CATALOGUE.closed(asked))
    keys = {manifest.price_key for manifest in closed} & set(book.modules)
    rate = vat_rate(book, commune.departement)
    month, year = (
        Cost.of(book, price(book, population=commune.population, rhythm=rhythm, modules=keys), rate)
        for rhythm in Rhythm
    )
    return Shown(
        people=book.bounds[bracket_of(book, commune.population)],
        trial_days=book.trial_days,
        rate=rate,
        month=month,
        year=year,
        added=tuple(each.label for each in closed if each.slug not in asked),
        unpriced=tuple(each.label for each in closed if each.price_key not in book.modules),
    )


def label_of(book: PriceBook, item: Item) -> str:
    """A line's name as a page and a paper say it."""
    sort, _colon, key = item.key.partition(":")
    if sort == BASE:
        return _("Socle")
    if sort == DISCOUNT:
        return _("Remise de groupe")
    if sort == SMS:
        return _("%(count)s SMS") % {"count": book.sms_pack(key).segments}
    if sort == "pack":
        return _("Pack %(name)s") % {"name": next(pack.label for pack in book.packs if pack.key == key)}
    return ", ".join(_labels({key}))


def detail_of(item: Item) -> str:
    """The modules of a pack."""
    return ", ".join(_labels(item.keys)) if len(item.keys) > 1 else ""


def single(book: PriceBook, population: int | None, manifest: Manifest, rhythm: Rhythm) -> int | None:
    """The line of one module for so many inhabitants, None where it has none."""
    amounts = book.modules.get(manifest.price_key)
    return amounts.of(rhythm)[bracket_of(book, population)] if amounts else None


def _labels(keys: Iterable[str]) -> list[str]:
    """The modules behind price keys, in the catalogue's order; one that is no longer installed has its key."""
    known = {manifest.price_key: manifest.label for manifest in settings.CATALOGUE}
    wanted = set(keys)
    return [label for key, label in known.items() if key in wanted] + sorted(wanted - set(known))
