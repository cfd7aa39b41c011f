"""The mairie's services as residents read them."""

from dataclasses import dataclass
from datetime import datetime

from core.organisation.models import Department
from core.organisation.queries import Opening, openings
from core.tenancy.registry import Locality
from modules.presentation.models import Member

# An opening that is known says so; a department without hours says nothing of them.
MOST_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Service:
    """A department, and the elected people who answer for it."""

    opening: Opening
    elected: tuple[Member, ...] = ()

    @property
    def department(self) -> Department:
        return self.opening.department

    @property
    def has_hours(self) -> bool:
        return bool(self.department.slots.all()) or any(day.spans for day in self.opening.week)

    @property
    def is_reachable(self) -> bool:
        """Whether there is anything to tell besides its name."""
        known = self.department
        return self.has_hours or bool(known.mission or known.place or known.phone or known.email)


def services(moment: datetime, *, where: Locality | None = None) -> list[Service]:
    """The departments, with what a list says of them: whether they are open, where, the telephone."""
    return [Service(each) for each in openings(moment, where=where, with_people=False)]


def services_and_people(moment: datetime, *, where: Locality | None = None) -> list[Service]:
    """The departments with who answers for them: functions, and the elected of the current term."""
    found = openings(moment, where=where)
    members = list(Member.objects.current())
    return [
        Service(each, tuple(member for member in members if each.department.pk in member.departments)) for each in found
    ]
