"""What a module may add to the shared pages: functions of known names in its `hooks.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Viewer(Protocol):
    """The person a page is made for; anonymous people have no permission."""

    @property
    def is_authenticated(self) -> bool: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A part of the commune's home: a template of the module and what it shows. Lower order comes first."""

    template: str
    context: Mapping[str, Any]
    order: int = 100
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A quick action on the home: an icon, a verb, a word of detail."""

    icon: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Banner:
    """What every public page says above all else: first what to do, then the rest, until when, and where to read on.

    `tone` is info, warn or danger.
    """

    tone: str
    label: str
    title: str
    text: str
    until: str
    url: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something due in the mairie, with the one link that settles it. Lower urgency comes first."""

    title: str
    detail: str
    url: str
    action: str
    label: str
    tone: str = ""
    urgency: int = 100


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Something found in a commune's space; `rank` orders results of all modules, higher first."""

    kind: str
    icon: str
    title: str
    excerpt: str
    url: str
    rank: float
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """One thing the module keeps about a person, for their export."""

    kind: str
    when: datetime | None
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of one kind the module has just forgotten; `what` is their French plural."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of one kind a commune keeps in the module, with its noun: « 1 actualité », « 3 actualités »."""

    count: int
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A step of the checklist a new commune goes through."""

    title: str
    url: str
    done: bool


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One line of a daily or weekly letter; `url` is a path of the commune's space, `topic` one of the manifest's."""

    title: str
    text: str
    url: str
    when: datetime
    topic: str


HOOKS: Mapping[str, str] = {
    "home": "home(viewer) -> Iterable[HomeSection]",
    "home_actions": "home_actions(viewer) -> Iterable[Card]",
    "banner": "banner(site) -> Iterable[Banner]: gravest first; asked by every public page, so from what is remembered",
    "tasks": "tasks(viewer) -> Iterable[Task]",
    "search": "search(words, viewer) -> Iterable[SearchResult]",
    "first_steps": "first_steps() -> Iterable[FirstStep]",
    "personal_data": "personal_data(user) -> Iterable[PersonalRecord]",
    "erase": "erase(user) -> None",
    "retention": "retention(before) -> Iterable[Erased]: forgets what it held of people longer than its manifest says",
    "holdings": "holdings() -> Iterable[Holding]: what the commune keeps, counted, whether the module is on or off",
    "opened": "opened(facts) -> None: makes the first rows when a commune opens",
    "digest": "digest(since, until) -> Iterable[DigestEntry]: what became public after `since`, up to `until` included",
    "owns_media": "owns_media(asset_id) -> Visibility of a file it shows",
}


class Visibility(StrEnum):
    """Who may see a file: nobody claims it, staff only, or everyone."""

    UNKNOWN = "unknown"
    STAFF = "staff"
    PUBLIC = "public"
