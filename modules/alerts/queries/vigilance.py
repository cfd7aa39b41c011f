"""The map of vigilance of Météo-France, as its API « DPVigilance » gives it: warnings by département.

Of each period (`J`, `J1`) and domain (a département, `80`, or its shore, `8010`) it tells, for each phenomenon, the
highest colour (1 green to 4 red) and when each colour holds. The hours of floods (4) may be missing: they hold for the
whole period then. Described in docs/vigilance.md.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from modules.alerts.models.vigilance import Colour, Phenomenon
from tenants.models import OPEN
from tenants.switches import live_switches

MOST_BYTES: Final = 5_000_000
_DOMAIN: Final = re.compile(r"(\d\d|2[AB])(10)?")


class Unreadable(Exception):
    """What was received is no map of vigilance."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A phenomenon in orange or red, in a département or on its shore."""

    departement: str
    shore: bool
    phenomenon: int
    colour: int
    begins_at: datetime
    ends_at: datetime
    bulletin_at: datetime


def warnings_of(body: bytes) -> list[Warned]:
    """All that a map warns of, once for each domain and phenomenon. What cannot be understood inside is left out;
    raises Unreadable when nothing can."""
    try:
        product = json.loads(body)["product"]
        bulletin_at, periods = _moment(product["update_time"]), product["periods"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"no map of vigilance: {error!r:.100}") from error
    if bulletin_at is None or not isinstance(periods, list):
        raise Unreadable("a map of vigilance without its date or its periods")
    found: dict[tuple[str, bool, int], Warned] = {}
    for period in periods:
        for warned in _of_period(period, bulletin_at):
            key = (warned.departement, warned.shore, warned.phenomenon)
            found[key] = _joined(found[key], warned) if key in found else warned
    return list(found.values())


def warned_communes(departements: Iterable[str]) -> list[tuple[str, str]]:
    """The schema and the département of every open commune there whose alerts are on."""
    rows = live_switches().filter(
        module="alerts", space__state__in=OPEN, space__commune__departement__in=set(departements)
    )
    return list(rows.order_by("pk").values_list("space__schema_name", "space__commune__departement"))


def _of_period(period: Any, bulletin_at: datetime) -> Iterator[Warned]:
    timelaps = _get(period, "timelaps", Mapping)
    whole = (_moment(_get(period, "begin_validity_time", str)), _moment(_get(period, "end_validity_time", str)))
    for domain in _get(timelaps, "domain_ids", Sequence) or ():
        named = _DOMAIN.fullmatch(str(_get(domain, "domain_id", str) or ""))
        for item in (_get(domain, "phenomenon_items", Sequence) or ()) if named else ():
            phenomenon, colour = _number(item, "phenomenon_id"), _number(item, "phenomenon_max_color_id")
            begins_at, ends_at = _hours(item) or whole
            known = phenomenon in Phenomenon.values and colour in Colour.values
            if named and known and begins_at and ends_at and begins_at < ends_at:
                yield Warned(named[1], bool(named[2]), phenomenon, colour, begins_at, ends_at, bulletin_at)


def _hours(item: Any) -> tuple[datetime, datetime] | None:
    """From the first to the last hour in orange or red; None when the hours are not told."""
    told = [
        (begin, end)
        for each in _get(item, "timelaps_items", Sequence) or ()
        if _number(each, "color_id") in Colour.values
        and (begin := _moment(_get(each, "begin_time", str)))
        and (end := _moment(_get(each, "end_time", str)))
    ]
    return (min(begin for begin, _end in told), max(end for _begin, end in told)) if told else None


def _joined(one: Warned, other: Warned) -> Warned:
    """Today's and tomorrow's warning of one phenomenon are one."""
    return replace(
        one,
        colour=max(one.colour, other.colour),
        begins_at=min(one.begins_at, other.begins_at),
        ends_at=max(one.ends_at, other.ends_at),
    )


def packed(warned: Sequence[Warned]) -> str:
    """To be carried by a job."""
    return json.dumps([asdict(each) for each in warned], default=datetime.isoformat)


def unpacked(text: str) -> list[Warned]:
    moments = ("begins_at", "ends_at", "bulletin_at")
    said = ((each, {name: datetime.fromisoformat(each[name]) for name in moments}) for each in json.loads(text))
    return [Warned(**{**each, **when}) for each, when in said]


def _get(holder: Any, name: str, kind: Any) -> Any:
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return value if isinstance(value, kind) and not (kind is Sequence and isinstance(value, str)) else None


def _number(holder: Any, name: str) -> int:
    """Written as a number or as its digits; 0 for anything else."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 4:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _moment(text: Any) -> datetime | None:
    """A moment with its offset, in our century."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo and 2000 < found.year < 2100 else None
