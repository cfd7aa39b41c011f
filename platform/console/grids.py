"""A price book as a grid: one cell an amount, named by its place in the book, typed in euros."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from billing.actions.books import sold_keys
from billing.models import PriceVersion
from billing.prices import Fault
from billing.queries.pricing import bounds_in_words
from core.web.french import NARROW

RHYTHMS = ("yearly", "monthly")
LONGEST = 20
_STEP = re.compile(r"(\w+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Cell:
    """`place` leads to the value in the book; `was` is what the prices in force say there, None when they do not."""

    place: str
    label: str
    cents: int
    text: str
    fault: str = ""
    was: int | None = None

    @property
    def anchor(self) -> str:
        return re.sub(r"\W+", "-", self.place).strip("-")

    @property
    def moved(self) -> bool:
        return self.was is not None and self.was != self.cents

    @property
    def percent(self) -> int | None:
        """How much more than the prices in force, in basis points."""
        return (self.cents - self.was) * 10_000 // self.was if self.was else None


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each bracket, a column for the base, each module and each pack."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Grid:
    """A version's amounts, with what somebody typed over them and what is wrong in it."""

    def __init__(
        self, version: PriceVersion, before: Mapping[str, Any] | None, typed: Mapping[str, str] | None = None,
        faults: Iterable[Fault] = (),
    ) -> None:  # fmt: skip
        self.content = with_every_module(version.content)
        self.before, self.typed = before, typed or {}
        self.faults = {fault.place: fault.sentence for fault in faults}

    @property
    def tables(self) -> tuple[Table, ...]:
        titles = {"yearly": _("Par an, hors taxes"), "monthly": _("Par mois, hors taxes")}
        columns = [("base", _("Socle"))]
        columns += [(f"modules[{at}]", _label(each["key"])) for at, each in enumerate(self.content["modules"])]
        columns += [(f"packs[{at}]", f"Pack {each['label']}") for at, each in enumerate(self.content["packs"])]
        return tuple(self._table(titles[rhythm], rhythm, columns) for rhythm in RHYTHMS)

    @property
    def sms(self) -> tuple[Cell, ...]:
        packs = enumerate(self.content["sms_packs"])
        return tuple(self._cell(f"sms_packs[{at}].cents", f"{_figure(each['segments'])} SMS") for at, each in packs)

    @property
    def cells(self) -> Iterator[Cell]:
        for table in self.tables:
            for row in table.rows:
                yield from row.cells
        yield from self.sms

    @property
    def wrong(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.fault]

    @property
    def elsewhere(self) -> list[str]:
        """What is wrong where nothing can be typed."""
        here = {cell.place for cell in self.cells}
        return [sentence for place, sentence in self.faults.items() if place not in here]

    @property
    def moved(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.moved]

    def _table(self, title: str, rhythm: str, columns: list[tuple[str, str]]) -> Table:
        rows = []
        for at, people in enumerate(brackets(self.content["brackets"])):
            named = ((f"{place}.{rhythm}[{at}]", f"{label}, {people}") for place, label in columns)
            rows.append(Row(people, tuple(self._cell(place, f"{label}, {title.lower()}") for place, label in named)))
        return Table(title, tuple(label for _place, label in columns), tuple(rows))

    def _cell(self, place: str, label: str) -> Cell:
        cents = int(value_at(self.content, place) or 0)
        was = self._was(place)
        text = self.typed.get(place, in_euros(cents))
        return Cell(place, label, cents, text, self.faults.get(place, ""), was)

    def _was(self, place: str) -> int | None:
        """The same line of the prices in force: lines are known by their key, whatever their rank."""
        if self.before is None or self.before["brackets"] != self.content["brackets"]:
            return None
        family, _bracket, rest = place.partition("[")
        if family in ("modules", "packs", "sms_packs"):
            key = self.content[family][int(rest.partition("]")[0])]["key"]
            at = next((at for at, each in enumerate(self.before[family]) if each["key"] == key), None)
            if at is None:
                return None
            place = f"{family}[{at}]{rest.partition(']')[2]}"
        found = value_at(self.before, place)
        return None if found is None else int(found)


def typed_over(version: PriceVersion, typed: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The book with the amounts that were typed, and what is no amount."""
    content, faults = with_every_module(version.content), []
    for cell in Grid(version, None).cells:
        if cell.place not in typed:
            continue
        cents = cents_of(typed[cell.place])
        if cents is None:
            faults.append(Fault(cell.place, _("Un montant s’écrit comme 40 ou 40,50.")))
        else:
            _put(content, cell.place, cents)
    return content, faults


def with_every_module(content: Mapping[str, Any]) -> dict[str, Any]:
    """With a line for each installed module: one that had none costs nothing until somebody types its price."""
    whole = deepcopy(dict(content))
    known, width = {each["key"] for each in whole["modules"]}, len(whole["brackets"])
    whole["modules"] += [
        {"key": key, "monthly": [0] * width, "yearly": [0] * width} for key in sorted(sold_keys() - known)
    ]
    return whole


def cents_of(text: str) -> int | None:
    """None for what is no amount in euros."""
    bare = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    if not bare or len(bare) > LONGEST:
        return None
    try:
        cents = Decimal(bare) * 100
    except InvalidOperation:
        return None
    return int(cents) if cents.is_finite() and cents == cents.to_integral_value() and cents >= 0 else None


def in_euros(cents: int) -> str:
    """As one types it: « 40 », « 40,50 »."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def brackets(lowers: list[int]) -> list[str]:
    ends = [*(each - 1 for each in lowers[1:]), None]
    return [bounds_in_words(first, last) for first, last in zip(lowers, ends, strict=True)]


def value_at(content: Any, place: str) -> Any:
    """None where the book has nothing there."""
    for name, rank in _STEP.findall(place):
        try:
            content = content[name] if name else content[int(rank)]
        except (KeyError, IndexError):
            return None
    return content


def _put(content: Any, place: str, value: int) -> None:
    *steps, (_name, last) = _STEP.findall(place)
    for name, rank in steps:
        content = content[name] if name else content[int(rank)]
    content[int(last) if last else _name] = value


def _figure(count: int) -> str:
    return f"{count:,}".replace(",", NARROW)


def _label(key: str) -> str:
    return next((each.label for each in settings.CATALOGUE if each.price_key == key), key)
