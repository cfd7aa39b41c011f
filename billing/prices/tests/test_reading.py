"""A book comes back as it was written, and a bad one is refused with every fault at its place."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from billing.prices import BookError, PriceBook, as_json, book_from
from billing.prices.tests.books import books, first, first_json


def places(said: object) -> set[str]:
    with pytest.raises(BookError) as refused:
        book_from(said)
    assert all(fault.sentence.endswith(".") for fault in refused.value.faults)
    assert str(refused.value)
    return {fault.place for fault in refused.value.faults}


def with_(path: str, value: object) -> dict[str, Any]:
    """The first book with one value changed: "modules.1.monthly.0"."""
    said = first_json()
    *way, last = path.split(".")
    here: Any = said
    for name in way:
        here = here[int(name)] if isinstance(here, list) else here[name]
    here[int(last) if isinstance(here, list) else last] = value
    return said


@given(books())
def test_a_book_comes_back_from_json_as_it_was(book: PriceBook) -> None:
    assert book_from(json.loads(json.dumps(as_json(book)))) == book
    assert as_json(book_from(as_json(book))) == as_json(book)


def test_the_first_book_is_whole() -> None:
    assert as_json(first())["brackets"] == [0, 500, 1000, 2000, 3500, 5000, 10000, 20000, 50000]


def test_a_book_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        first().modules["news"] = first().base  # type: ignore[index]
    with pytest.raises(AttributeError):
        first().number = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("number", 0, "number"),
        ("number", True, "number"),
        ("trial_days", "60", "trial_days"),
        ("brackets", [], "brackets"),
        ("brackets.0", 1, "brackets[0]"),
        ("brackets.3", 1000, "brackets[3]"),
        ("brackets.3", None, "brackets[3]"),
        ("base", None, "base"),
        ("base", {"monthly": [0] * 9}, "base.yearly"),
        ("base.weekly", [], "base.weekly"),
        ("base.monthly", [0], "base.monthly"),
        ("base.monthly.4", -1, "base.monthly[4]"),
        ("base.monthly.4", 1.5, "base.monthly[4]"),
        ("base.yearly.4", 10**9, "base.yearly[4]"),
        ("base.yearly.4", 1, "base.yearly[4]"),
        ("modules", "news", "modules"),
        ("modules.0", [], "modules[0]"),
        ("modules.0.key", "News!", "modules[0].key"),
        ("modules.1.key", "presentation", "modules[1].key"),
        ("modules.1.yearly.8", 96000 * 12 + 1, "modules[1].yearly[8]"),
        ("packs.0.key", 3, "packs[0].key"),
        ("packs.0.label", " ", "packs[0].label"),
        ("packs.0.label", "x" * 61, "packs[0].label"),
        ("packs.0.label", "a\nb", "packs[0].label"),
        ("packs.0.modules", ["news"], "packs[0].modules"),
        ("packs.0.modules", ["news", "chess"], "packs[0].modules"),
        ("packs.0.modules", ["news", "A"], "packs[0].modules[1]"),
        ("packs.0.monthly.8", 10**7, "packs[0].monthly[8]"),
        ("packs", [{}] * 9, "packs"),
        ("sms_packs.1.key", "500", "sms_packs[1].key"),
        ("sms_packs.1.segments", 500, "sms_packs[1].segments"),
        ("sms_packs.1.cents", 4499, "sms_packs[1].cents"),
        ("sms_packs.1.cents", 18_001, "sms_packs[1].cents"),
        ("group_discounts.1.communes", 5, "group_discounts[1].communes"),
        ("group_discounts.1.discount", 1200, "group_discounts[1].discount"),
        ("group_discounts.1.discount", 2500, "group_discounts[1].discount"),
        ("group_discounts.0.communes", 1, "group_discounts[0].communes"),
        ("vat", [], "vat"),
        ("vat", {"974": 850}, "vat.default"),
        ("vat.974", 10_001, "vat.974"),
        ("vat.Paris", 2000, "vat.Paris"),
        ("currency", "EUR", "currency"),
    ],
)
def test_a_fault_is_told_at_its_place(path: str, value: object, place: str) -> None:
    assert place in places(with_(path, value))


def test_every_fault_is_told_at_once() -> None:
    said = deepcopy(with_("base.monthly.0", -1))
    said["vat"]["974"] = "8,5"
    said["packs"][0]["label"] = ""
    assert places(said) == {"base.monthly[0]", "vat.974", "packs[0].label"}


@pytest.mark.parametrize("said", [None, [], "{}", 3, {}])
def test_what_is_no_book_is_refused(said: object) -> None:
    assert places(said)


def test_what_is_missing_is_told_by_name() -> None:
    said = first_json()
    del said["vat"], said["packs"]
    assert places(said) == {"vat", "packs"}
