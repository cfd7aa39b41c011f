"""What somebody is choosing, with its exact price: nothing is kept until a quote is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from billing.actions.quoting import VALID_DAYS
from billing.models import PriceVersion
from billing.prices import Period, Price, PriceBook, Rhythm, term_of, vat_of, vat_rate, year_of
from billing.queries.days import local_today
from billing.queries.offering import lines_of
from billing.queries.offers import Wanted
from billing.queries.pricing import price_at
from billing.queries.showing import label_of
from tenants.models import Commune

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """`wanted` has modules for each commune, with those that they need."""

    wanted: Wanted
    rhythm: Rhythm
    aligned: bool
    start: date | None

    @property
    def is_alike(self) -> bool:
        return len({frozenset(each) for each in self.wanted.values()}) < 2


@dataclass(frozen=True, slots=True)
class Line:
    """What one commune pays for a month or a year, and for which modules."""

    commune: Commune
    price: Price
    modules: list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """`net` is a whole month's or year's; `due` the term's, None as `term` is while the first day is not known."""

    asked: Asked
    lines: tuple[Line, ...]
    term: Period | None
    rate: int
    due: int | None

    @property
    def net(self) -> int:
        return sum(line.price.net for line in self.lines)

    @property
    def vat(self) -> int:
        return vat_of(self.net, self.rate)

    @property
    def total(self) -> int:
        return self.net + self.vat

    @property
    def is_monthly(self) -> bool:
        return self.asked.rhythm is Rhythm.MONTHLY


def first_day(communes: Sequence[Commune], start: date | None, *, aligned: bool) -> date | None:
    """As a quote will have it: an aligned term begins on a day that is known."""
    if start is not None or not aligned:
        return start
    today = max(local_today(each) for each in communes)
    end = year_of(today).last
    return today if (end - today).days >= VALID_DAYS else end + DAY


def drafted(version: PriceVersion, asked: Asked) -> Draft:
    """Raises Unpriced."""
    term = term_of(asked.start, aligned=asked.aligned) if asked.start else None
    many = len(asked.wanted)
    lines = tuple(
        Line(each, price_at(version, each.population, modules, asked.rhythm, many), labels(modules))
        for each, modules in asked.wanted.items()
    )
    due = None
    if term:
        due = sum(each.net for each in lines_of(version, asked.wanted, asked.rhythm, term, aligned=asked.aligned))
    return Draft(asked, lines, term, vat_rate(version.book, departement_of(asked.wanted)), due)


def departement_of(communes: Iterable[Commune]) -> str:
    """Of a payer: most of its communes'."""
    codes = [commune.departement for commune in communes]
    return max(sorted(set(codes)), key=codes.count)


def items_of(draft: Draft, book: PriceBook) -> list[dict[str, Any]]:
    """Its lines in words, all communes together."""
    sums: dict[str, int] = {}
    for line in draft.lines:
        for item in line.price.items:
            sums[label_of(book, item)] = sums.get(label_of(book, item), 0) + item.cents
    return [{"label": label, "cents": cents} for label, cents in sums.items()]


def labels(modules: Iterable[str]) -> list[str]:
    return [manifest.label for manifest in settings.CATALOGUE.among(modules)]
