"""What each service of `core` keeps about a person, declared in its `personal.py`:

@keeps(_("Votre compte"))
def account(user: User) -> Iterable[PersonalRecord]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.catalogue import PersonalRecord

Teller = Callable[[Any], Iterable[PersonalRecord]]


@dataclass(frozen=True, slots=True)
class Service:
    """A part of the platform that keeps something about people; lower order is told first."""

    label: str
    tell: Teller
    order: int


_services: list[Service] = []


def keeps(label: Any, *, order: int = 100) -> Callable[[Teller], Teller]:
    def register(tell: Teller) -> Teller:
        _services.append(Service(label, tell, order))
        return tell

    return register


def services() -> list[Service]:
    return sorted(_services, key=lambda service: service.order)
