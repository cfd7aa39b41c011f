"""Which modules of a commune are open, by what, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.queries.days import zone_of
from billing.queries.rights import Source
from tenants.models import Commune, Entitlement, Space
from tenants.switches import catalogue

SOURCES: dict[str, Any] = {
    Source.TRIAL: _("essai"),
    Source.TERM: _("période commandée"),
    Source.GRANT: _("module offert"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A module with its last day, None where it has no end or is only read; `read_until` is the last on which it is."""

    label: str
    sources: tuple[str, ...]
    until: date | None
    read_until: date | None


def opened(space: Space, commune: Commune) -> list[Opened]:
    """Those of now, in the catalogue's order. Rights that follow each other end together, at no seam of theirs."""
    now, found = timezone.now(), dict[str, list[Entitlement]]()
    for each in space.entitlements.order_by("source"):
        if each.until is None or each.until > now:
            found.setdefault(each.module, []).append(each)
    return [_said(each.label, found[each.slug], commune) for each in catalogue() if each.slug in found]


def _said(label: str, rows: Iterable[Entitlement], commune: Commune) -> Opened:
    given = [each for each in rows if each.source != Source.READ_ONLY]
    read = [each for each in rows if each.source == Source.READ_ONLY]
    sources = tuple(str(SOURCES.get(each.source, each.source)) for each in given)
    ends = [each.until for each in given]
    until = None if None in ends or not ends else max(each for each in ends if each)
    last = max((each.until for each in read if each.until), default=None)
    return Opened(label, sources, _eve(until, commune), _eve(last, commune))


def _eve(midnight: datetime | None, commune: Commune) -> date | None:
    return (midnight - timedelta(seconds=1)).astimezone(zone_of(commune)).date() if midnight else None
