"""What somebody who opens a space decides, step by step; each takes the row, so that two tabs take turns."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core.accounts.models import User
from core.delivery.actions import send_email
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR
from core.web.french import of_commune
from portal.opening import open_commune
from portal.signup.codes import Sending, Verdict, check, forget_code, send_code
from portal.signup.cookie import KEPT
from portal.signup.steps import SignupStep, reached
from portal.signup.terms import VERSION
from tenants import tickets
from tenants.hosts import space_url
from tenants.models import Commune, Mandate, Signup, Space
from tenants.official import official_mailbox
from tenants.opening import AlreadyOpen

PURGE = "signups.purge"


class Finished(Exception):
    """This opening is over: another tab, or the click before, opened the space."""


class Answer(StrEnum):
    OPENED = "opened"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED_UP = "used_up"
    NOT_READY = "not_ready"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a typed code; `landing` lets the new administrator in on the space's host, once."""

    answer: Answer
    landing: str = ""


@transaction.atomic
def begin(commune: Commune, *, team: int, hours: int, want: str, resumed: Signup | None = None) -> Signup:
    """Keep the three answers. Other answers than before make other proposals: the modules are asked again."""
    if resumed is None:
        with entered(OPERATOR):
            due(PURGE, timezone.now() + KEPT)
        return Signup.objects.create(commune=commune, team=team, hours=hours, want=want)
    signup = _held(resumed.pk)
    if (signup.team, signup.hours, signup.want) != (team, hours, want):
        signup.team, signup.hours, signup.want, signup.modules = team, hours, want, []
        signup.save(update_fields=["team", "hours", "want", "modules"])
    return signup


@transaction.atomic
def choose_modules(key: UUID, modules: list[str]) -> None:
    """Keep the chosen modules and all that they need."""
    signup = _held(key)
    signup.modules = sorted(settings.CATALOGUE.closed(modules))
    signup.save(update_fields=["modules"])


@transaction.atomic
def introduce(key: UUID, *, name: str, capacity: str, email: str) -> None:
    """Keep who opens. Somebody else, or another capacity, has not accepted the terms; another address has no code."""
    signup = _held(key)
    if (signup.name, signup.capacity, signup.email) == (name, capacity, email):
        return
    if signup.email != email:
        forget_code(signup)
    signup.name, signup.capacity, signup.email = name, capacity, email
    signup.terms_version, signup.terms_accepted_at = "", None
    signup.save(update_fields=["name", "capacity", "email", "terms_version", "terms_accepted_at", "code_hash"])


@transaction.atomic
def accept_terms(key: UUID) -> Sending | None:
    """Accept the version in force by name, and send the code. None when a step before was undone in another tab."""
    signup = _held(key)
    if reached(signup) < SignupStep.TERMS:
        return None
    signup.terms_version, signup.terms_accepted_at = VERSION, timezone.now()
    signup.save(update_fields=["terms_version", "terms_accepted_at"])
    return send_code(signup)


@transaction.atomic
def send_again(key: UUID) -> Sending | None:
    """None when a step before was undone in another tab."""
    signup = _held(key)
    return send_code(signup) if reached(signup) is SignupStep.CODE else None


@transaction.atomic
def confirm(key: UUID, typed: str) -> Outcome:
    """Judge the code; the right one opens the space, all of it or nothing, and gives a ticket to enter.

    A wrong one is counted. Clicked twice, the second answer lets in too: the browser shows only that one.
    """
    signup = _row(key)
    if signup.completed_at is not None:
        return _enter_again(signup, typed)
    if reached(signup) is not SignupStep.CODE:
        return Outcome(Answer.NOT_READY)
    verdict = check(signup, typed)
    if verdict is not Verdict.RIGHT:
        return Outcome(Answer(verdict))
    try:
        opened = open_commune(
            signup.commune, modules=signup.modules, email=signup.email, name=signup.name, is_demo=settings.DEMO
        )
    except AlreadyOpen:
        return Outcome(Answer.TAKEN)
    official = official_mailbox(signup.commune)
    signup.space, signup.completed_at = opened.space, timezone.now()
    signup.save(update_fields=["space", "completed_at"])
    Mandate.objects.create(signup=signup, used_official_mailbox=signup.email == official)
    if official and official != signup.email:
        _warn_the_mairie(signup, official)
    return _let_in(opened.space, opened.administrator)


def _enter_again(signup: Signup, typed: str) -> Outcome:
    space, done = signup.space, signup.completed_at
    if space is None or done is None:
        return Outcome(Answer.NOT_READY)
    if timezone.now() >= done + tickets.LIFE or check(signup, typed) is not Verdict.RIGHT:
        return Outcome(Answer.DONE)
    with entered(space.here):
        administrator = User.objects.filter(email=signup.email).first()
    return _let_in(space, administrator) if administrator else Outcome(Answer.DONE)


def _let_in(space: Space, administrator: User) -> Outcome:
    return Outcome(Answer.OPENED, space_url(space, f"/arrivee/?jeton={tickets.issue(space, administrator.pk)}"))


def _warn_the_mairie(signup: Signup, official: str) -> None:
    """Tell the official mailbox that a space was opened with another address. It holds no code and no link in."""
    context: dict[str, Any] = {
        "name": signup.name,
        "capacity": signup.get_capacity_display(),
        "of_commune": of_commune(signup.commune.name),
        "contact": settings.OPERATOR_EMAIL,
    }
    with entered(OPERATOR):
        send_email("signup_opened", to=official, context=context, reply_to=settings.OPERATOR_EMAIL)


@transaction.atomic
def purge_signups() -> datetime | None:
    """Forget openings left on the way; return when the next one is due."""
    abandoned = Signup.objects.filter(completed_at__isnull=True)
    abandoned.filter(started_at__lte=timezone.now() - KEPT).delete()
    eldest: datetime | None = abandoned.aggregate(eldest=Min("started_at"))["eldest"]
    return eldest + KEPT if eldest else None


def _row(key: UUID) -> Signup:
    """The row alone: who waited for its lock would join it to what stood before the wait."""
    return Signup.objects.select_for_update().get(pk=key)


def _held(key: UUID) -> Signup:
    """The row, for this transaction alone. Raises Finished."""
    signup = _row(key)
    if signup.completed_at is not None:
        raise Finished
    return signup
