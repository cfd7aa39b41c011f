"""What the page about the commune shows around its own words."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Value

from core.tenancy.registry import Locality
from modules.presentation.models import CanteenWeek, LocalNumber, Market, Member, UsefulLink
from modules.presentation.queries.links import NATIONAL, by_theme
from modules.presentation.queries.practical import collections_and_changes, next_pickups
from modules.presentation.queries.services import services

MOST_PICKUPS = 3


def around(moment: datetime, where: Locality) -> dict[str, Any]:
    """The parts under `presentation/_*.html`, each empty while nothing was typed."""
    today = moment.astimezone(ZoneInfo(where.timezone)).date()
    kept, changes = collections_and_changes(today)
    rows = _rows()
    return {
        "services": [each for each in services(moment, where=where) if each.is_reachable],
        "themes": by_theme([UsefulLink(label=a, url=b, theme=c) for kind, a, b, c in rows if kind == "link"]),
        "national": NATIONAL,
        "numbers": [LocalNumber(label=a, phone=b, note=c) for kind, a, b, c in rows if kind == "number"],
        "pickups": next_pickups(kept, changes, today, where.departement)[:MOST_PICKUPS],
        "today": today,
        "more": {kind for kind, *_words in rows if kind in {"team", "menu", "market"}},
    }


def _rows() -> list[tuple[str, str, str, str]]:
    """Links, numbers, and one row for each page that stands apart and has something to say: in one statement."""
    parts = (
        _words(LocalNumber.objects.kept(), "number", "label", "phone", "note"),
        _words(Member.objects.current(), "team")[:1],
        _words(CanteenWeek.objects.kept(), "menu")[:1],
        _words(Market.objects.kept(), "market")[:1],
    )
    found = _words(UsefulLink.objects.kept(), "link", "label", "url", "theme").union(*parts, all=True)
    return [(kind, one, two, three) for _place, _key, kind, one, two, three in sorted(found)]


def _words(rows: Any, kind: str, *names: str) -> Any:
    """Where a row stands, of what kind it is, and three of its words."""
    return rows.order_by().values_list("position", "id", Value(kind), *(names or [Value("")] * 3))
