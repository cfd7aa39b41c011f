"""What a commune would pay, and what it is asked for next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from billing.models import PriceVersion, Subscription, Term
from billing.prices import Period, Price, Rhythm, bracket_of, price, vat_of, vat_rate
from billing.queries.books import in_force
from billing.queries.days import local_today
from billing.queries.owing import Part, due_by, net, owed, rest
from billing.queries.terms import asked_for, bought, running
from core.web.french import NARROW
from tenants.models import Commune


@dataclass(frozen=True, slots=True)
class Preview:
    """The next invoice as it would be today; `on` is the day that it is issued."""

    on: date
    period: Period
    parts: tuple[Part, ...]
    net: int
    vat: int
    term: Term

    @property
    def total(self) -> int:
        return self.net + self.vat


def keys_of(modules: Iterable[str]) -> frozenset[str]:
    """The price book's names of these modules and of all that they need."""
    catalogue = settings.CATALOGUE
    return frozenset(catalogue[slug].price_key for slug in catalogue.closed(modules))


def price_of(
    commune: Commune, modules: Iterable[str], rhythm: Rhythm, on: date | None = None, *, communes: int = 1
) -> Price:
    """What modules cost a commune, by the book in force that day. Raises NoPrices, Unpriced."""
    return price_at(in_force(on), commune.population, modules, rhythm, communes)


def price_at(
    version: PriceVersion, population: int | None, modules: Iterable[str], rhythm: Rhythm, communes: int = 1
) -> Price:
    return price(version.book, population=population, rhythm=rhythm, modules=keys_of(modules), communes=communes)


def bracket_label(version: PriceVersion, population: int | None) -> str:
    """« tranche de 500 à 999 habitants »."""
    return f"tranche de {bounds_in_words(*version.book.bounds[bracket_of(version.book, population)])}"


def bounds_in_words(first: int, last: int | None) -> str:
    """« 500 à 999 habitants »."""
    figures = [f"{each:,}".replace(",", NARROW) for each in (first, last) if each is not None]
    return f"{figures[0]} habitants et plus" if last is None else f"{figures[0]} à {figures[1]} habitants"


def next_invoice(subscription: Subscription, today: date | None = None) -> Preview | None:
    """What will be asked for next, as things stand today; None when nothing will be."""
    day = today or local_today(subscription.commune)
    for term in running(subscription, day):
        what = bought(term)
        for period in what.periods:
            if period in due_by(what, day) and not _left(term, period):
                continue
            parts, left = owed(what, period), _left(term, period)
            if left > 0:
                rate = vat_rate(term.book.book, term.account.departement)
                return Preview(max(what.asked_on(period), day), period, parts, left, vat_of(left, rate), term)
    return None


def _left(term: Term, period: Period) -> int:
    return sum(each.net for each in rest(owed(bought(term), period), asked_for(term, period)))


__all__ = ["Preview", "bracket_label", "keys_of", "net", "next_invoice", "price_at", "price_of"]
