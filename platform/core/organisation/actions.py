"""Opening, describing and closing departments, their hours and those who answer for them: each with its line in the
journal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from itertools import pairwise
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.audit.actions import record
from core.organisation.models import Delegation, Department, LegalNotice, OpeningSlot, SpecialPeriod, Weeks
from core.tenancy.keys import uuid7
from core.tenancy.uniqueness import refuse_taken
from core.web.meanwhile import heard

_NAME_TAKEN = _("Un service porte déjà ce nom.")
_OVERLAP = _("Deux plages du même jour se chevauchent.")


@dataclass(frozen=True, slots=True)
class Description:
    name: str
    mission: str = ""
    place: str = ""
    access: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LegalWords:
    """Who directs the publication, and whom to ask about personal data."""

    director_role: str = ""
    director_name: str = ""
    dpo_name: str = ""
    dpo_email: str = ""
    dpo_contact: str = ""

    @classmethod
    def of(cls, notice: LegalNotice | None) -> Self:
        return cls(**{each.name: getattr(notice, each.name, "") for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Hours:
    """One slot of the week, as typed; `weekday` 0 is Monday."""

    weekday: int
    opens: time
    closes: time
    weeks: str = Weeks.EVERY


@transaction.atomic
def describe(
    department: Department | None,
    *,
    description: Description,
    hours: Iterable[Hours],
    author: User,
    key: UUID | None = None,
    read: str | None = None,
) -> Department:
    """Keep a department (a new one when None, under `key`) and the whole of its week.

    `read` is the digest of its `state` as it was read. Raises ChangedMeanwhile and ValidationError, changing nothing.
    """
    week = sorted(hours, key=lambda each: (each.weekday, each.opens))
    _refuse_overlaps(week)
    key = department.pk if department else key or uuid7()
    author.take_turn()
    known = Department.objects.select_for_update().filter(pk=key).first()
    if known is not None:
        if heard(state(known), _state(description, week), read if department else "", known):
            return known
        department = known
    taken = Department.objects.filter(name__iexact=description.name, closed_at__isnull=True)
    if (taken.exclude(pk=department.pk) if department else taken).exists():
        raise ValidationError({"name": _NAME_TAKEN})
    verb = "organisation.department_changed"
    if department is None:
        verb = "organisation.department_created"
        last = Department.objects.aggregate(last=Max("position"))["last"]
        department = Department(pk=key, position=0 if last is None else last + 1)
    for name, value in asdict(description).items():
        setattr(department, name, value)
    with refuse_taken("one_open_department_of_a_name", name=_NAME_TAKEN):
        department.save()
    department.slots.all().delete()
    OpeningSlot.objects.bulk_create(OpeningSlot(department=department, **asdict(each)) for each in week)
    record(verb, target=department.name, author=author)
    return department


@transaction.atomic
def found_first(*, name: str, phone: str, email: str) -> None:
    """Make a commune's first department of what is known of it on the day it opens; one that has some keeps them."""
    if Department.objects.exists():
        return
    department = Department.objects.create(name=name, phone=phone, email=email)
    record("organisation.department_created", target=department.name)


def state(department: Department) -> Any:
    """What `describe` keeps of a department, to be compared."""
    described = Description(**{each.name: getattr(department, each.name) for each in fields(Description)})
    slots = department.slots.order_by("weekday", "opens")
    return _state(described, [Hours(each.weekday, each.opens, each.closes, each.weeks) for each in slots])


def _state(description: Description, week: list[Hours]) -> Any:
    return [
        asdict(description),
        sorted([each.weekday, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}", str(each.weeks)] for each in week),
    ]


@transaction.atomic
def close_department(department: Department, *, author: User) -> None:
    """It is offered no more; what points at it keeps it. Closed already, it stays as it is."""
    if department.closed_at:
        return
    department.closed_at, department.closed_by = timezone.now(), author.email
    department.save(update_fields=["closed_at", "closed_by"])
    record("organisation.department_closed", target=department.name, author=author)


@transaction.atomic
def move(department: Department, *, step: int, author: User) -> None:
    """Put a department one place up (-1) or down (1)."""
    rows = list(Department.objects.filter(closed_at__isnull=True).select_for_update())
    here = next(place for place, each in enumerate(rows) if each.pk == department.pk)
    there = min(max(here + step, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for place, each in enumerate(rows):
        each.position = place
    Department.objects.bulk_update(rows, ["position"])


@transaction.atomic
def announce_period(
    *,
    department: Department | None,
    first_day: date,
    last_day: date,
    opens: time | None,
    closes: time | None,
    reason: str,
    author: User,
) -> SpecialPeriod:
    """Say that days are different: closed when there are no hours. Said twice, it is heard once."""
    said: dict[str, Any] = {"department": department, "first_day": first_day, "last_day": last_day}
    said |= {"opens": opens, "closes": closes, "reason": reason}
    author.take_turn()
    known = SpecialPeriod.objects.filter(**_asked(said)).first()
    if known is not None:
        return known
    period = SpecialPeriod.objects.create(**said, author=author.email)
    record("organisation.period_announced", target=str(period), author=author)
    return period


@transaction.atomic
def withdraw_period(period: SpecialPeriod, *, author: User) -> None:
    record("organisation.period_withdrawn", target=str(period), author=author)
    period.delete()


@transaction.atomic
def delegate(department: Department, user: User, *, title: str, author: User) -> Delegation:
    """Make somebody answer for a department; a delegation already held takes the new title."""
    held = Delegation.objects.filter(department=department, user=user, ended_at__isnull=True, title=title).first()
    if held is not None:
        return held
    delegation, _made = Delegation.objects.update_or_create(
        department=department, user=user, ended_at=None, defaults={"title": title, "author": author.email}
    )
    record("organisation.delegated", target=f"{department.name} : {user.display_name}", author=author, title=title)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, author: User | None) -> None:
    if delegation.ended_at:
        return
    delegation.ended_at, delegation.ended_by = timezone.now(), author.email if author else "Beffroi"
    delegation.save(update_fields=["ended_at", "ended_by"])
    target = f"{delegation.department.name} : {delegation.user.display_name}"
    record("organisation.delegation_ended", target=target, author=author)


def end_delegations_of(user: Any, *, author: User | None = None) -> None:
    """End every delegation of somebody who leaves the mairie."""
    for delegation in Delegation.objects.filter(user=user, ended_at__isnull=True).select_related("department", "user"):
        end_delegation(delegation, author=author)


@transaction.atomic
def sign_notice(said: LegalWords, *, author: User, read: str | None = None) -> LegalNotice:
    """Keep what the legal pages say; `read` is the digest of what was read. Raises ChangedMeanwhile."""
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    notice = LegalNotice.objects.select_for_update().first() or LegalNotice()
    if heard(asdict(LegalWords.of(notice)), asdict(said), read, notice):
        return notice
    for name, value in asdict(said).items():
        setattr(notice, name, value)
    notice.author = author.email
    notice.save()
    record("organisation.notice_signed", author=author)
    return notice


def forget_in_notice(user: User) -> None:
    """Take a person who leaves the platform out of the legal pages, which say again what they say without a name."""
    notice = LegalNotice.objects.first()
    if notice is not None and (said := notice.names(user)):
        for name in said:
            setattr(notice, name, "")
        notice.save()


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as a filter, None included."""
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}


def _refuse_overlaps(week: list[Hours]) -> None:
    for one, two in pairwise(week):
        together = one.weeks == two.weeks or Weeks.EVERY in {one.weeks, two.weeks}
        if one.weekday == two.weekday and together and two.opens < one.closes:
            raise ValidationError(_OVERLAP)
