"""The terms of the council: a new one takes the place of the former, with all its people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.audit.actions import record
from core.web.meanwhile import heard
from modules.presentation.models import Member, Term

NOBODY = _("La liste est vide : l’équipe actuelle reste en place.")
TOO_MANY = _("%(most)d personnes au plus : vérifiez que la liste est bien celle du conseil.")


@dataclass(frozen=True, slots=True)
class Elected:
    """Somebody of a council, as a list of it says."""

    first_name: str
    surname: str
    function: str
    group: str = ""
    delegations: str = ""
    permanence: str = ""


def the_term() -> Term:
    """The current term; a commune's first is made when somebody is typed in it, and began nobody says when."""
    term, _made = Term.objects.get_or_create(current=True)
    return term


@transaction.atomic
def renew(*, people: Sequence[Elected], began_on: date | None, author: User, read: str | None = None) -> Term:
    """End the term with everybody in it, and begin another with these people, in this order.

    `read` is the digest of `team_state` as it was read. Sent twice, it is heard once. Raises ChangedMeanwhile and
    ValidationError, changing nothing.
    """
    if not people:
        raise ValidationError(NOBODY)
    if len(people) > Member.MOST:
        raise ValidationError(TOO_MANY, params={"most": Member.MOST})
    author.take_turn()
    term = Term.objects.select_for_update().filter(current=True).first()
    if heard(team_state(), [_said(began_on), *(asdict(each) for each in people)], read, term) and term:
        return term
    if term is not None:
        Term.objects.filter(pk=term.pk).update(current=None, ended_at=timezone.now())
    fresh = Term.objects.create(began_on=began_on)
    rows = [Member(term=fresh, position=place, **asdict(each)) for place, each in enumerate(people)]
    for row in rows:
        row.clean_fields(exclude=["term", "portrait"])
    Member.objects.bulk_create(rows)
    record("presentation.renewed", target=str(_("l’équipe municipale")), author=author, people=len(rows))
    return fresh


def team_state() -> Any:
    """What `renew` takes the place of, to be compared: the beginning of the term, then everybody in it."""
    members = list(Member.objects.current().select_related("term"))
    names = Elected.__dataclass_fields__
    began = members[0].term.began_on if members else None
    return [_said(began), *({name: getattr(each, name) for name in names} for each in members)]


def _said(began_on: date | None) -> str:
    return began_on.isoformat() if began_on else ""
