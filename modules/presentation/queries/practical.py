"""When is the next collection, what is served this week, when is the market?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from core.organisation.calendar import holiday_on
from core.organisation.hours import in_weeks
from modules.presentation.models import CanteenWeek, Collection, CollectionChange, Market

HORIZON = 35


@dataclass(frozen=True, slots=True)
class Pickup:
    """A day on which a collection takes place; `holiday` is its name when nobody said what happens on it."""

    collection: Collection
    day: date
    holiday: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Practical:
    """What is known of daily life; `served` are this week's menu and the next."""

    pickups: tuple[Pickup, ...]
    collections: tuple[Collection, ...]
    changes: tuple[CollectionChange, ...]
    served: tuple[CanteenWeek, ...]
    markets: tuple[Market, ...]

    def __bool__(self) -> bool:
        return bool(self.collections or self.served or self.markets)


def pickups(
    collection: Collection, changes: Iterable[CollectionChange], first: date, departement: str, count: int = HORIZON
) -> Iterator[Pickup]:
    """The days to come of a collection, those put off included."""
    own = [each for each in changes if each.collection_id == collection.pk]
    off = {each.day for each in own}
    added = {each.moved_to for each in own if each.moved_to}
    for step in range(count):
        day = first + timedelta(days=step)
        if day in added:
            yield Pickup(collection, day, moved=True)
        elif day not in off and day.weekday() in collection.weekdays and in_weeks(collection.weeks, day):
            yield Pickup(collection, day, holiday_on(day, departement))


def next_pickups(
    collections: Iterable[Collection], changes: Iterable[CollectionChange], first: date, departement: str
) -> tuple[Pickup, ...]:
    """The next of each collection, soonest first."""
    changes = list(changes)
    found = (next(pickups(each, changes, first, departement), None) for each in collections)
    return tuple(sorted((each for each in found if each), key=lambda each: each.day))


def collections_and_changes(today: date) -> tuple[tuple[Collection, ...], tuple[CollectionChange, ...]]:
    """The collections with the changes of the weeks around today, in one statement."""
    near = CollectionChange.objects.kept().filter(
        collection=OuterRef("pk"), day__range=(today - timedelta(days=HORIZON), today + timedelta(days=HORIZON))
    )
    said = near.order_by("day").values(said=JSONObject(day="day", moved_to="moved_to", reason="reason"))
    kept = tuple(Collection.objects.kept().select_related("area").annotate(said=ArraySubquery(said)))
    changes = (_change(each, said) for each in kept for said in each.said)
    return kept, tuple(sorted(changes, key=lambda each: each.day))


def _change(collection: Collection, said: dict[str, str]) -> CollectionChange:
    moved = date.fromisoformat(said["moved_to"]) if said["moved_to"] else None
    day = date.fromisoformat(said["day"])
    return CollectionChange(collection=collection, day=day, moved_to=moved, reason=said["reason"])


def practical(today: date, departement: str) -> Practical:
    """Three statements, however much there is."""
    kept, changes = collections_and_changes(today)
    monday = today - timedelta(days=today.weekday())
    weeks = CanteenWeek.objects.kept().filter(monday__in=[monday, monday + timedelta(days=7)])
    return Practical(
        pickups=next_pickups(kept, changes, today, departement),
        collections=kept,
        changes=tuple(each for each in changes if today in (each.day, each.moved_to) or each.day > today),
        served=tuple(weeks.select_related("document")),
        markets=tuple(Market.objects.kept()),
    )


def soon(found: Iterable[Pickup], today: date) -> list[tuple[date, list[Pickup]]]:
    """What is collected today and tomorrow, for the home."""
    days: dict[date, list[Pickup]] = {}
    for each in found:
        if (each.day - today).days in {0, 1}:
            days.setdefault(each.day, []).append(each)
    return sorted(days.items(), key=lambda each: each[0])
