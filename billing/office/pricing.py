"""What a choice of modules costs this commune, before anything is asked of it: pure reading of the price book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from billing.prices import (
    Period,
    Price,
    PriceBook,
    Rhythm,
    periods_of,
    price,
    share,
    term_of,
    vat_of,
    vat_rate,
    whole_of,
)
from billing.queries.pricing import keys_of
from billing.queries.showing import Cost, Line, label_of, single
from tenants.models import Commune


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says; `modules` are slugs, closed under what they need."""

    modules: frozenset[str]
    rhythm: Rhythm
    aligned: bool
    start: date

    @property
    def term(self) -> Period:
        return term_of(self.start, aligned=self.aligned)


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount with its VAT."""

    net: int
    rate: int

    @property
    def vat(self) -> int:
        return vat_of(self.net, self.rate)

    @property
    def total(self) -> int:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that costs less than its modules apart: what it saves, and what it adds that nobody ticked."""

    label: str
    saved: int
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`listed` is what a whole month or year costs, `due` what the term does."""

    choice: Choice
    price: Price
    lines: tuple[Line, ...]
    listed: Taxed
    due: Taxed
    pack: Pack | None

    @property
    def is_part(self) -> bool:
        """Whether the term costs something else than what is listed."""
        return self.due.net != self.listed.net

    @property
    def is_monthly(self) -> bool:
        return self.choice.rhythm is Rhythm.MONTHLY

    @property
    def short(self) -> bool:
        """Whether the term is over before two months."""
        return self.choice.term.days < 60


def offer_of(book: PriceBook, commune: Commune, choice: Choice) -> Offer:
    """Raises Unpriced."""
    cost = cost_of(book, commune, choice.modules, choice.rhythm)
    rate = vat_rate(book, commune.departement)
    return Offer(
        choice,
        cost,
        Cost.of(book, cost, rate).lines,
        Taxed(cost.net, rate),
        Taxed(owed(cost, choice.term, aligned=choice.aligned), rate),
        _pack(book, commune, choice, cost),
    )


def cost_of(book: PriceBook, commune: Commune, modules: Iterable[str], rhythm: Rhythm) -> Price:
    return price(book, population=commune.population, rhythm=rhythm, modules=keys_of(modules))


def alone(book: PriceBook, population: int | None, rhythm: Rhythm) -> dict[str, int | None]:
    """What each module costs so many inhabitants by itself, None where it has no price."""
    return {manifest.slug: single(book, population, manifest, rhythm) for manifest in settings.CATALOGUE}


def owed(cost: Price, term: Period, *, aligned: bool) -> int:
    """What a term costs: each line's part of each month or year."""
    parts = [(each, whole_of(each, cost.rhythm, term, aligned)) for each in periods_of(term, cost.rhythm)]
    return sum(share(item.cents, whole, each) for item in cost.items for each, whole in parts)


def _pack(book: PriceBook, commune: Commune, choice: Choice, cost: Price) -> Pack | None:
    item = next((each for each in cost.items if each.key.startswith("pack:")), None)
    if item is None:
        return None
    apart = alone(book, commune.population, choice.rhythm)
    wanted = [each for each in settings.CATALOGUE.among(choice.modules) if each.price_key in item.keys]
    added = [m.label for m in settings.CATALOGUE if m.price_key in item.keys and m.slug not in choice.modules]
    saved = sum(apart[each.slug] or 0 for each in wanted) - item.cents
    return Pack(label_of(book, item), saved, tuple(added))
