"""Departments with what is true of them now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from core.organisation.calendar import public_holidays
from core.organisation.hours import HORIZON, Day, Status, days, status
from core.organisation.models import Delegation, Department, SpecialPeriod
from core.tenancy.here import current
from core.tenancy.registry import Locality, registry


@dataclass(frozen=True, slots=True)
class Opening:
    """A department, whether it is open at `now`, the sentence that says so, and its next seven days."""

    department: Department
    status: Status
    sentence: str
    week: tuple[Day, ...]


def locality() -> Locality:
    return registry().locality(current().schema_name)


def local_now(moment: datetime) -> datetime:
    """A moment in the commune's own time."""
    return moment.astimezone(ZoneInfo(locality().timezone))


def openings(
    moment: datetime,
    *,
    where: Locality | None = None,
    with_people: bool = True,
    among: Collection[UUID] | None = None,
) -> list[Opening]:
    """Every open department at a moment, or those `among` these, and who answers for it unless they are not asked for.

    The number of statements does not grow with departments; a caller that knows `where` the commune is spares one.
    """
    where = where or locality()
    now = moment.astimezone(ZoneInfo(where.timezone))
    periods = upcoming_periods(now.date())
    delegations = Prefetch("delegations", Delegation.objects.filter(ended_at__isnull=True).select_related("user"))
    rows = Department.objects.filter(closed_at__isnull=True).prefetch_related(
        "slots", *([delegations] if with_people else [])
    )
    rows = rows if among is None else rows.filter(pk__in=among)
    return [_opening(department, periods, now, where.departement) for department in rows]


def public_address() -> str:
    """Where the mairie answers: the address of the first of its departments that has one, empty when none has."""
    open_ones = Department.objects.filter(closed_at__isnull=True).exclude(email="")
    return open_ones.values_list("email", flat=True).first() or ""


def upcoming_periods(first: date) -> list[SpecialPeriod]:
    """Periods that touch the days to come, as far as an opening is looked for."""
    rows = SpecialPeriod.objects.filter(last_day__gte=first, first_day__lte=first + timedelta(days=HORIZON))
    return list(rows.select_related("department"))


def next_holidays(first: date, departement: str, count: int = 6) -> list[tuple[date, str]]:
    both = {**public_holidays(departement, first.year), **public_holidays(departement, first.year + 1)}
    return sorted((day, name) for day, name in both.items() if day >= first)[:count]


def _opening(department: Department, periods: list[SpecialPeriod], now: datetime, departement: str) -> Opening:
    own = [period for period in periods if period.department_id in (None, department.pk)]
    slots = list(department.slots.all())
    found = status(now, slots, own, departement)
    week = tuple(days(now.date(), 7, slots, own, departement))
    return Opening(department, found, found.sentence(now), week)
