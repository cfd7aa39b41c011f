"""What each service of `core` keeps about a person, declared in its `personal.py`:

@keeps(_("Votre compte"))
def account(user: User) -> Iterable[PersonalRecord]: ...

and for how long, when it is not for the life of the account:

@forgets(_("Les e-mails envoyés"), months=3, why=_("Savoir s’ils sont partis."))
def old_letters(before: datetime) -> int: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.catalogue import PersonalRecord

Teller = Callable[[Any], Iterable[PersonalRecord]]


@dataclass(frozen=True, slots=True)
class Service:
    """A part of the platform that keeps something about people; lower order is told first."""

    label: str
    tell: Teller
    order: int


@dataclass(frozen=True, slots=True)
class Term:
    """`forget` erases what is older than the moment it is given, a batch at most, and tells how much it was."""

    label: str
    why: str
    months: int
    forget: Callable[[datetime], int]


_services: list[Service] = []
_terms: list[Term] = []


def keeps(label: Any, *, order: int = 100) -> Callable[[Teller], Teller]:
    def register(tell: Teller) -> Teller:
        _services.append(Service(label, tell, order))
        return tell

    return register


def forgets(label: Any, *, months: int, why: Any) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    def register(forget: Callable[[datetime], int]) -> Callable[[datetime], int]:
        _terms.append(Term(label, why, months, forget))
        return forget

    return register


def terms() -> list[Term]:
    return sorted(_terms, key=lambda term: str(term.label))


def services() -> list[Service]:
    return sorted(_services, key=lambda service: service.order)
