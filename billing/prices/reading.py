"""A price book from JSON and back. What is wrong is told all at once, each fault with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from billing.prices import rules
from billing.prices.book import Amounts, Pack, PriceBook, SmsPack
from billing.prices.faults import BookError, Fault, Faults

MOST_CENTS, MOST_PACKS, LONGEST_LABEL = 100_000_000, 8, 60
KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
DEPARTEMENT = re.compile(r"default|\d{2,3}|2[AB]")

__all__ = ["BookError", "Fault", "as_json", "book_from"]


def as_json(book: PriceBook) -> dict[str, Any]:
    return {
        "number": book.number,
        "trial_days": book.trial_days,
        "brackets": list(book.brackets),
        "base": _amounts_json(book.base),
        "modules": [{"key": key, **_amounts_json(amounts)} for key, amounts in book.modules.items()],
        "packs": [
            {"key": pack.key, "label": pack.label, "modules": sorted(pack.modules), **_amounts_json(pack.amounts)}
            for pack in book.packs
        ],
        "sms_packs": [{"key": pack.key, "segments": pack.segments, "cents": pack.cents} for pack in book.sms_packs],
        "group_discounts": [{"communes": least, "discount": off} for least, off in book.group_discounts],
        "vat": dict(book.vat),
    }


def book_from(json: object) -> PriceBook:
    """Raises BookError with every fault."""
    reader = _Reader(Faults())
    book = reader.book(json)
    if book is not None:
        rules.check(book, reader.faults)
    if reader.faults or book is None:
        raise BookError(reader.faults)
    return book


def _amounts_json(amounts: Amounts) -> dict[str, list[int]]:
    return {"monthly": list(amounts.monthly), "yearly": list(amounts.yearly)}


@dataclass(slots=True)
class _Reader:
    """Reads what it can: a value that cannot be read is a fault, and the book is then not made."""

    faults: Faults
    width: int = field(default=0)

    def book(self, json: object) -> PriceBook | None:
        said = self._object(json, "", [*PriceBook.__dataclass_fields__])
        if not said:
            return None
        brackets = tuple(
            self._whole(each, f"brackets[{at}]", 0, 100_000_000)
            for at, each in enumerate(self._list(said["brackets"], "brackets", 1, 20))
        )
        self.width = len(brackets)
        read: dict[str, Any] = {
            "number": self._whole(said["number"], "number", 1, 100_000),
            "trial_days": self._whole(said["trial_days"], "trial_days", 1, 366),
            "base": self._amounts(self._object(said["base"], "base", ["monthly", "yearly"]), "base"),
            "modules": self._modules(said["modules"]),
            "packs": tuple(self._packs(said["packs"])),
            "sms_packs": tuple(self._sms_packs(said["sms_packs"])),
            "group_discounts": tuple(self._discounts(said["group_discounts"])),
            "vat": self._vat(said["vat"]),
        }
        return None if self.faults else PriceBook(brackets=brackets, **read)

    # -- Parts of a book

    def _modules(self, value: object) -> dict[str, Amounts]:
        rows = self._rows(value, "modules", ["key", "monthly", "yearly"], 200)
        self._distinct(rows, "key")
        return {self._key(row["key"], f"{place}.key"): self._amounts(row, place) for place, row in rows}

    def _packs(self, value: object) -> list[Pack]:
        rows = self._rows(value, "packs", ["key", "label", "modules", "monthly", "yearly"], MOST_PACKS)
        self._distinct(rows, "key")
        return [
            Pack(
                self._key(row["key"], f"{place}.key"),
                self._label(row["label"], f"{place}.label"),
                frozenset(
                    self._key(each, f"{place}.modules[{at}]")
                    for at, each in enumerate(self._list(row["modules"], f"{place}.modules", 2, 200))
                ),
                self._amounts(row, place),
            )
            for place, row in rows
        ]

    def _sms_packs(self, value: object) -> list[SmsPack]:
        rows = self._rows(value, "sms_packs", ["key", "segments", "cents"], 20)
        self._distinct(rows, "key")
        return [
            SmsPack(
                self._key(row["key"], f"{place}.key", re.compile(r"[a-z0-9_]{1,31}")),
                self._whole(row["segments"], f"{place}.segments", 1, 10_000_000),
                self._cents(row["cents"], f"{place}.cents"),
            )
            for place, row in rows
        ]

    def _discounts(self, value: object) -> list[tuple[int, int]]:
        rows = self._rows(value, "group_discounts", ["communes", "discount"], 20)
        return [
            (
                self._whole(row["communes"], f"{place}.communes", 2, 10_000),
                self._whole(row["discount"], f"{place}.discount", 1, 9_999),
            )
            for place, row in rows
        ]

    def _vat(self, value: object) -> dict[str, int]:
        if not isinstance(value, Mapping):
            self.faults.add("vat", "Il manque les taux de TVA.")
            return {}
        for code in value:
            if not isinstance(code, str) or not DEPARTEMENT.fullmatch(code):
                self.faults.add(f"vat.{code}", "Ce n’est pas le code d’un département.")
        if "default" not in value:
            self.faults.add("vat.default", "Il manque le taux de TVA ordinaire.")
        return {str(code): self._whole(rate, f"vat.{code}", 0, 10_000) for code, rate in value.items()}

    def _amounts(self, row: Mapping[str, Any], place: str) -> Amounts:
        return Amounts(*(self._cells(row.get(name), f"{place}.{name}") for name in ("monthly", "yearly")))

    def _cells(self, value: object, place: str) -> tuple[int, ...]:
        cells = self._list(value, place, self.width, self.width)
        return tuple(self._cents(each, f"{place}[{at}]") for at, each in enumerate(cells))

    # -- Values

    def _object(self, value: object, place: str, names: list[str]) -> Mapping[str, Any]:
        """Exactly these names, else nothing."""
        if not isinstance(value, Mapping):
            self.faults.add(place, "Cette partie du livre n’a pas la bonne forme.")
            return {}
        prefix = f"{place}." if place else ""
        missing = [name for name in names if name not in value]
        for name in missing:
            self.faults.add(f"{prefix}{name}", "Il manque une valeur ici.")
        for name in value:
            if name not in names:
                self.faults.add(f"{prefix}{name}", "Rien ne s’appelle ainsi dans un livre de prix.")
        return {} if missing else value

    def _rows(self, value: object, place: str, names: list[str], most: int) -> list[tuple[str, Mapping[str, Any]]]:
        read = (
            (f"{place}[{at}]", self._object(each, f"{place}[{at}]", names))
            for at, each in enumerate(self._list(value, place, 0, most))
        )
        return [(each_place, row) for each_place, row in read if row]

    def _list(self, value: object, place: str, least: int, most: int) -> list[object]:
        if isinstance(value, list | tuple) and least <= len(value) <= most:
            return list(value)
        count = f"{least}" if least == most else f"de {least} à {most}"
        self.faults.add(place, f"Il faut ici {count} valeurs.")
        return []

    def _distinct(self, rows: list[tuple[str, Mapping[str, Any]]], name: str) -> None:
        seen: list[object] = []
        for place, row in rows:
            if row[name] in seen:
                self.faults.add(f"{place}.{name}", "Ce nom est déjà pris plus haut.")
            seen.append(row[name])

    def _key(self, value: object, place: str, shape: re.Pattern[str] = KEY) -> str:
        if isinstance(value, str) and shape.fullmatch(value):
            return value
        self.faults.add(place, "Ce nom n’est pas celui d’une ligne : lettres minuscules, chiffres et tirets bas.")
        return ""

    def _label(self, value: object, place: str) -> str:
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_LABEL and value.isprintable():
            return value.strip()
        self.faults.add(place, f"Écrivez un nom d’au plus {LONGEST_LABEL} caractères.")
        return ""

    def _cents(self, value: object, place: str) -> int:
        return self._whole(value, place, 0, MOST_CENTS, "Écrivez un montant de 0 à 1 000 000 €.")

    def _whole(self, value: object, place: str, least: int, most: int, sentence: str = "") -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.faults.add(place, sentence or f"Écrivez un nombre entier de {least} à {most}.")
        return least
