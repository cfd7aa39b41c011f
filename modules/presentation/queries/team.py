"""Reading the municipal team."""

from dataclasses import dataclass

from core.organisation.models import Department
from modules.presentation.models import Member, Term


@dataclass(frozen=True, slots=True)
class Shown:
    """A member with the departments that answer for them."""

    member: Member
    departments: tuple[Department, ...]

    @property
    def contact(self) -> Department | None:
        """The first of their departments that can be reached."""
        return next((each for each in self.departments if each.phone or each.email), None)


@dataclass(frozen=True, slots=True)
class Group:
    """People of one list, shown as every other list is; `name` is empty for those of none."""

    name: str
    people: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Team:
    term: Term | None
    groups: tuple[Group, ...]
    mairie: Department | None

    @property
    def is_named(self) -> bool:
        """Whether the lists are told apart by name."""
        return any(group.name for group in self.groups)


def team() -> Team:
    """The current term's people by list, in the order of their first member; three statements."""
    members = list(Member.objects.current().select_related("term", "portrait"))
    departments = {each.pk: each for each in Department.objects.filter(closed_at__isnull=True)}
    groups: dict[str, list[Shown]] = {}
    for member in members:
        own = tuple(departments[key] for key in member.departments if key in departments)
        groups.setdefault(member.group, []).append(Shown(member, own))
    mairie = next((each for each in departments.values() if each.phone or each.email), None)
    return Team(
        members[0].term if members else None,
        tuple(Group(name, tuple(people)) for name, people in groups.items()),
        mairie,
    )


def current_term() -> Term | None:
    return Term.objects.filter(current=True).first()


def former_terms() -> list[Term]:
    """The terms that ended, latest first, with their people."""
    return list(Term.objects.filter(current__isnull=True).prefetch_related("members"))
