"""Books for tests: the one that is sold first, and any other that keeps the rules."""

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from billing.prices import PriceBook, book_from

FIRST = Path(__file__).parents[2] / "books" / "1.json"
KEYS = ("alerts", "news", "polls", "presentation", "reports")


def first_json() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FIRST.read_text())
    found.pop("in_force_from")
    return found


def first() -> PriceBook:
    return book_from(first_json())


@st.composite
def amounts(draw: st.DrawFn, width: int, least: int = 0) -> dict[str, list[int]]:
    steps = draw(st.lists(st.integers(0, 20_000), min_size=width, max_size=width))
    monthly = [least + each for each in accumulate(steps)]
    factor = draw(st.integers(0, 12))
    return {"monthly": monthly, "yearly": [each * factor for each in monthly]}


@st.composite
def books(draw: st.DrawFn) -> PriceBook:
    """Any book whose packs cost a part of what their modules cost."""
    lowers = sorted(draw(st.sets(st.integers(1, 100_000), max_size=6)))
    brackets = [0, *lowers]
    modules = [{"key": key, **draw(amounts(len(brackets)))} for key in KEYS]
    packs = []
    for at in range(draw(st.integers(0, 3))):
        inside = draw(st.sets(st.sampled_from(KEYS), min_size=2))
        parts = [row for row in modules if row["key"] in inside]
        part = draw(st.integers(1, 100))
        priced = {
            rhythm: [sum(row[rhythm][place] for row in parts) * part // 100 for place in range(len(brackets))]
            for rhythm in ("monthly", "yearly")
        }
        priced["yearly"] = [
            min(pair) for pair in zip(priced["yearly"], [12 * m for m in priced["monthly"]], strict=True)
        ]
        packs.append({"key": f"pack{at}", "label": f"Lot {at}", "modules": sorted(inside), **priced})
    discounts = draw(st.sampled_from([[], [(5, 1200)], [(5, 1200), (15, 1750), (30, 2000)]]))
    return book_from(
        {
            "number": draw(st.integers(1, 99)),
            "trial_days": draw(st.integers(1, 366)),
            "brackets": brackets,
            "base": draw(amounts(len(brackets))),
            "modules": modules,
            "packs": packs,
            "sms_packs": [{"key": "500", "segments": 500, "cents": draw(st.integers(0, 9_000))}],
            "group_discounts": [{"communes": least, "discount": off} for least, off in discounts],
            "vat": {"default": draw(st.integers(0, 10_000)), "974": draw(st.integers(0, 10_000))},
        }
    )
