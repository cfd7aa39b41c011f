"""A price book: every amount that is asked of a commune comes from one. Cents excluding VAT, rates in basis points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from billing.prices.rhythm import Rhythm

WHOLE = 10_000
DEFAULT = "default"


class Unpriced(Exception):
    """The book has no line for these keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = frozenset(keys)
        super().__init__(", ".join(sorted(self.keys)))


@dataclass(frozen=True, slots=True)
class Amounts:
    """Cents by bracket, for a month and for a year."""

    monthly: tuple[int, ...]
    yearly: tuple[int, ...]

    def of(self, rhythm: Rhythm) -> tuple[int, ...]:
        return self.monthly if rhythm is Rhythm.MONTHLY else self.yearly


@dataclass(frozen=True, slots=True)
class Pack:
    """Modules that cost less together."""

    key: str
    label: str
    modules: frozenset[str]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class SmsPack:
    key: str
    segments: int
    cents: int


@dataclass(frozen=True)
class PriceBook:
    """`brackets` are the least inhabitants of each, `group_discounts` the least communes of each and its discount."""

    number: int
    trial_days: int
    brackets: tuple[int, ...]
    base: Amounts
    modules: Mapping[str, Amounts]
    packs: tuple[Pack, ...]
    sms_packs: tuple[SmsPack, ...]
    group_discounts: tuple[tuple[int, int], ...]
    vat: Mapping[str, int]

    def __post_init__(self) -> None:
        for name in ("modules", "vat"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @cached_property
    def bounds(self) -> tuple[tuple[int, int | None], ...]:
        """The first and last number of inhabitants of each bracket; the last has no end."""
        ends = (*(lower - 1 for lower in self.brackets[1:]), None)
        return tuple(zip(self.brackets, ends, strict=True))

    def sms_pack(self, key: str) -> SmsPack:
        """Raises Unpriced."""
        found = next((pack for pack in self.sms_packs if pack.key == key), None)
        if found is None:
            raise Unpriced([f"sms:{key}"])
        return found


def bracket_of(book: PriceBook, population: int | None) -> int:
    """Which bracket so many inhabitants are in; where nobody counted, the first."""
    return sum(lower <= max(population or 0, 0) for lower in book.brackets) - 1


def discount_of(book: PriceBook, communes: int) -> int:
    """What an order for so many communes takes off each, in basis points."""
    return max((discount for least, discount in book.group_discounts if least <= communes), default=0)


def vat_rate(book: PriceBook, departement: str) -> int:
    return book.vat.get(departement, book.vat[DEFAULT])


def vat_of(net: int, rate: int) -> int:
    """Half a cent goes up, away from nothing."""
    size = (abs(net) * rate + WHOLE // 2) // WHOLE
    return -size if net < 0 else size
