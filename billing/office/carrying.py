"""What forms of several steps carry, and what is read back of it."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest

from billing.actions.commanding import Person
from billing.office.here import Ours
from core.accounts.models import User


def after(paper: Any) -> str:
    """The number of the last paper, as a form carries it."""
    return str(paper.number) if paper else ""


def person_of(request: HttpRequest, said: dict[str, Any]) -> Person:
    return Person(said["name"], said["capacity"], cast(User, request.user).email)


def known(request: HttpRequest, ours: Ours) -> dict[str, str]:
    """What a form of order begins with."""
    account = ours.payer
    references = {name: getattr(account, name) for name in ("siret", "service_code", "engagement")}
    return {"name": cast(User, request.user).name, **references}


def siren_of(ours: Ours) -> str:
    return str(ours.subscription.commune.siren)


def day_of(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


def cents_of(request: HttpRequest, name: str) -> int | None:
    """Whole cents, below nothing too; None for whatever else was sent."""
    said = request.POST.get(name, "")
    figures = said.removeprefix("-")
    return int(said) if figures.isascii() and figures.isdigit() and len(figures) < 12 else None
