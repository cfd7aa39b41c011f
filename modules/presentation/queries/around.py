"""What the page about the commune shows around its own words."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Value

from core.tenancy.registry import Locality
from modules.presentation.models import CanteenWeek, Market, Member
from modules.presentation.queries.links import NATIONAL, by_theme, links, local_numbers
from modules.presentation.queries.practical import collections_and_changes, next_pickups
from modules.presentation.queries.services import services

MOST_PICKUPS = 3


def around(moment: datetime, where: Locality) -> dict[str, Any]:
    """The parts under `presentation/_*.html`, each empty while nothing was typed."""
    today = moment.astimezone(ZoneInfo(where.timezone)).date()
    kept, changes = collections_and_changes(today)
    return {
        "services": [each for each in services(moment, where=where) if each.is_reachable],
        "themes": by_theme(links()),
        "national": NATIONAL,
        "numbers": local_numbers(),
        "pickups": next_pickups(kept, changes, today, where.departement)[:MOST_PICKUPS],
        "today": today,
        "more": _more(),
    }


def _more() -> set[str]:
    """Which of the pages that stand apart have something to say, in one statement."""
    first, *others = (
        _one(Member.objects.current(), "team"),
        _one(CanteenWeek.objects.kept(), "menu"),
        _one(Market.objects.kept(), "market"),
    )
    return {name for (name,) in first.union(*others, all=True)}


def _one(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    return rows.order_by().values_list(Value(name))[:1]
