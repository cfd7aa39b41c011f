"""What a module says of itself, as plain data: a manifest fits on a screen and imports nothing of Django."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

_SLUG = re.compile(r"[a-z][a-z0-9_]{1,30}")
_SEGMENT = re.compile(r"[a-z][a-z0-9-]{1,40}")


class Role(StrEnum):
    """What a person may be in a commune's staff or, in the operator's own schema, an operator."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    VALIDATOR = "validator"
    AGENT = "agent"
    ELECTED = "elected"
    ACCOUNTANT = "accountant"
    OBSERVER = "observer"
    OPERATOR = "operator"


STAFF_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)


class Area(StrEnum):
    """Where a navigation entry shows."""

    PUBLIC = "public"
    OFFICE = "office"


class Group(StrEnum):
    """The headings of the back office, in their order."""

    PUBLISH = "Publier"
    ANSWER = "Répondre"
    CONSULT = "Consulter"
    COMMUNE = "Commune"


class Want(StrEnum):
    """What a mairie may want first; asked at signup."""

    INFORM = "inform"
    PRESENT = "present"
    WARN = "warn"
    LISTEN = "listen"


class OptionKind(StrEnum):
    """How an option is typed in."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a commune may tune once the module is on.

    `choices` are (value, label) pairs of a CHOICE; `minimum` and `maximum` bound a NUMBER, both included.
    """

    name: str
    label: str
    kind: OptionKind
    default: bool | int | str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 100

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value may still be used."""
        match self.kind:
            case OptionKind.SWITCH:
                return isinstance(value, bool)
            case OptionKind.NUMBER:
                return type(value) is int and self.minimum <= value <= self.maximum
            case OptionKind.CHOICE:
                return value in {choice for choice, _ in self.choices}


@dataclass(frozen=True, slots=True)
class Permission:
    """A right that the module brings; an administrator has them all."""

    code: str
    label: str
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of a menu; `route` is a URL name, `short` the word under the icon on a phone."""

    area: Area
    label: str
    route: str
    icon: str
    short: str = ""
    raised: bool = False
    permission: str = ""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Why the module keeps data of people, and how many months after they stop being useful."""

    purpose: str
    keep_months: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """When the signup proposes the module, and the sentence that says why.

    A hint of None means "whatever the answer". `wants` empty proposes it to everybody.
    """

    reason: str
    wants: frozenset[Want] = frozenset()
    minimum_team: int = 0
    minimum_hours: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people may ask to be told of; `slug` is unique among all modules. `sms`: by SMS too, which the
    commune pays."""

    slug: str
    label: str
    sms: bool = False

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"{self.slug!r} is not a topic's slug")


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that the rest of the platform knows of a module.

    `slug` is the folder and URL namespace, `segment` the French URL segment, `price_key` the price book's line. A
    `vital` one is never cut: it works also in a space that may only be read.
    """

    slug: str
    label: str
    segment: str
    summary: str
    pitch: str
    icon: str
    group: Group
    price_key: str
    personal_data: PersonalData
    proposal: Proposal
    requires: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    permissions: tuple[Permission, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    topics: tuple[Topic, ...] = ()
    order: int = field(default=100)
    vital: bool = False

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"{self.slug!r} is not a module slug: lowercase letters, digits and underscores")
        if not _SEGMENT.fullmatch(self.segment):
            raise ValueError(f"{self.segment!r} is not a URL segment")
        for permission in self.permissions:
            if not permission.code.startswith(f"{self.slug}."):
                raise ValueError(f"permission {permission.code!r} must start with {self.slug!r} and a dot")
        if len({option.name for option in self.options}) != len(self.options):
            raise ValueError(f"{self.slug}: two options have one name")
        for option in self.options:
            if not option.accepts(option.default):
                raise ValueError(f"{self.slug}: the default of option {option.name!r} is not among its values")
