"""What modules cost a commune: the cheapest way that the book offers to have them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations

from billing.prices.book import PriceBook, Unpriced, bracket_of, discount_of, vat_of
from billing.prices.rhythm import Rhythm

BASE, DISCOUNT, SMS = "base", "discount", "sms"


@dataclass(frozen=True, slots=True)
class Item:
    """A line: "base", "pack:village", "module:news", "sms:500" or "discount"; `keys` are the modules that it pays."""

    key: str
    cents: int
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Price:
    rhythm: Rhythm
    items: tuple[Item, ...]

    @property
    def net(self) -> int:
        return sum(item.cents for item in self.items)

    @property
    def covered(self) -> frozenset[str]:
        """What is paid, more than was asked where a pack is cheaper."""
        return frozenset().union(*(item.keys for item in self.items))


def price(
    book: PriceBook, *, population: int | None, rhythm: Rhythm, modules: Iterable[str], communes: int = 1
) -> Price:
    """What these modules cost one commune, of an order for so many. Raises Unpriced."""
    wanted = frozenset(modules)
    if unknown := wanted - frozenset(book.modules):
        raise Unpriced(unknown)
    at = bracket_of(book, population)
    items = (Item(BASE, book.base.of(rhythm)[at]), *_cheapest(book, at, rhythm, wanted))
    off = vat_of(sum(item.cents for item in items), discount_of(book, communes))
    return Price(rhythm, (*items, Item(DISCOUNT, -off)) if off else items)


def sms_item(book: PriceBook, key: str, count: int = 1) -> Item:
    """So many of one pack of SMS. Raises Unpriced."""
    return Item(f"{SMS}:{key}", book.sms_pack(key).cents * count)


def _cheapest(book: PriceBook, at: int, rhythm: Rhythm, wanted: frozenset[str]) -> tuple[Item, ...]:
    """The cover that costs least; among equals, the one in fewest lines."""
    packs = [
        Item(f"pack:{pack.key}", pack.amounts.of(rhythm)[at], pack.modules)
        for pack in book.packs
        if pack.modules & wanted
    ]
    single = [
        Item(f"module:{key}", amounts.of(rhythm)[at], frozenset({key}))
        for key, amounts in book.modules.items()
        if key in wanted
    ]
    choices = chain.from_iterable(combinations(packs, count) for count in range(len(packs) + 1))
    covers = (_with(chosen, single) for chosen in choices)
    return min(covers, key=lambda items: (sum(item.cents for item in items), len(items)))


def _with(packs: tuple[Item, ...], single: list[Item]) -> tuple[Item, ...]:
    paid = frozenset[str]().union(*(pack.keys for pack in packs))
    return (*packs, *(item for item in single if not item.keys <= paid))
