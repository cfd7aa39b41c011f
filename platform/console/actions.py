"""What an operator decides: each act with its line in the operator's journal and a word to the mairie.

What becomes of the space, and the line in its own journal, is `tenants.lifecycle`'s.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing.actions.entitling import begin_service
from billing.actions.letters import administrators
from console.holdings import held_in
from core.accounts.models import User
from core.audit.actions import record
from core.delivery.actions import send_email
from core.delivery.sms.credit import balance
from core.delivery.sms.ordering import credit_order
from core.security.actions import reset_factors
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.web.french import of_commune, typographic
from tenants.hosts import commune_url, space_url
from tenants.leaving.erasing import erase_space
from tenants.lifecycle import activate
from tenants.lifecycle import reactivate as open_again
from tenants.lifecycle import suspend as close
from tenants.models import Commune, Mandate, MandateMessage, Space
from tenants.watching import owe_watchers


class AlreadyDecided(Exception):
    """Somebody decided this mandate first; `mandate` says who, what and when."""

    def __init__(self, mandate: Mandate) -> None:
        super().__init__(str(mandate.pk))
        self.mandate = mandate


@transaction.atomic
def accept(*, key: UUID, author: User) -> Mandate:
    """Open the space to the public. Raises AlreadyDecided and NotNow, changing nothing."""
    mandate, space = _undecided(key)
    commune = mandate.signup.commune
    activate(space=space)
    begin_service(space, author=author.email)
    _decide(mandate, Mandate.Decision.ACCEPTED, "", author)
    owed = owe_watchers(commune)
    _note("mandate.accepted", commune, author, mandate=str(key), watchers=owed)
    _write("mandate_accepted", administrators(space), commune, url=space_url(space, "/"), office=_office(space))
    return mandate


@transaction.atomic
def refuse(*, key: UUID, reason: str, author: User) -> Mandate:
    """Erase the space with all that it holds, and tell the person why. Raises AlreadyDecided, changing nothing."""
    mandate, space = _undecided(key)
    commune, lost = mandate.signup.commune, held_in(space).sentence
    erase_space(space)
    _decide(mandate, Mandate.Decision.REFUSED, reason, author)
    _note("mandate.refused", commune, author, mandate=str(key), reason=reason, lost=lost)
    _write("mandate_refused", [mandate.signup.email], commune, reason=reason, home=commune_url(commune, "/"))
    return mandate


@transaction.atomic
def ask(*, key: UUID, text: str, author: User) -> MandateMessage:
    """Put a question to the mairie; the same words twice running are said once. Raises AlreadyDecided."""
    mandate, space = _undecided(key)
    said = mandate.just_said(MandateMessage.Side.OPERATOR, text)
    if said is not None:
        return said
    message = MandateMessage.objects.create(
        mandate=mandate, side=MandateMessage.Side.OPERATOR, author=author.email, text=text
    )
    with enter(space.schema_name):
        record("mandate.asked")
    _note("mandate.asked", mandate.signup.commune, author, mandate=str(key), text=text)
    answer = space_url(space, "/mairie/mandat/")
    _write("mandate_question", administrators(space), mandate.signup.commune, text=text, url=answer)
    return message


@transaction.atomic
def suspend(*, space: Space, reason: str, author: User) -> None:
    """Close an active space to the public; its staff may still read. Raises NotNow, changing nothing."""
    commune = _commune(space)
    close(space=space, reason=reason, author=author.email)
    _note("tenants.suspended", commune, author, reason=reason)
    _write("space_suspended", staff(space), commune, reason=reason, office=_office(space))


@transaction.atomic
def reactivate(*, space: Space, author: User) -> None:
    """Open a suspended space again. Raises NotNow, changing nothing."""
    commune = _commune(space)
    open_again(space=space, author=author.email)
    _note("tenants.reactivated", commune, author)
    _write("space_reactivated", staff(space), commune, url=space_url(space, "/"), office=_office(space))


@transaction.atomic
def set_room(*, space: Space, quota: int | None, author: User) -> None:
    """How many bytes a commune may keep, None for what every commune may."""
    found = Space.objects.select_for_update().get(pk=space.pk)
    if found.media_quota != quota:
        Space.objects.filter(pk=space.pk).update(media_quota=quota)
        _note("tenants.room_set", _commune(space), author, quota=quota)


@transaction.atomic
def order_sms(*, space: Space, segments: int, reference: str, author: User) -> bool:
    """Credit a commune with an order it paid, and tell its administrators; False when it was credited before.

    Raises ValidationError (`known`), changing nothing.
    """
    with enter(space.schema_name):
        new = credit_order(segments=segments, reference=reference)
        left = balance()
    if new:
        commune = _commune(space)
        _note("delivery.sms_bought", commune, author, text=f"{segments} SMS, {reference}")
        page = space_url(space, "/mairie/reglages/sms/")
        said = {"segments": segments, "reference": reference, "left": left, "url": page}
        _write("sms_bought", administrators(space), commune, **said)
    return new


@transaction.atomic
def reset_second_factor(*, space: Space, person: UUID, author: User) -> bool:
    """Take their factors from an administrator of a commune who lost them; False when there was none.

    Raises User.DoesNotExist, changing nothing.
    """
    with enter(space.schema_name):
        found = User.objects.administrators().get(pk=person)
        done = reset_factors(found, author=None)
    if done:
        _note("security.factors_reset", _commune(space), author)
    return done


def protected_administrators(space: Space) -> list[User]:
    """Those of a commune's administrators who have a second factor."""
    with enter(space.schema_name):
        held = User.objects.administrators().filter(authenticator__isnull=False)
        return list(held.distinct().order_by("email"))


def staff(space: Space) -> list[str]:
    with enter(space.schema_name):
        return sorted(User.objects.staff().values_list("email", flat=True))


def _undecided(key: UUID) -> tuple[Mandate, Space]:
    """The mandate and its space, for this transaction alone: a second operator waits, then reads the first's word."""
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("signup__commune", "signup__space__commune")
    mandate = rows.get(pk=key)
    space = mandate.signup.space
    if mandate.decision or space is None:
        raise AlreadyDecided(mandate)
    return mandate, space


def _decide(mandate: Mandate, decision: Mandate.Decision, reason: str, author: User) -> None:
    mandate.decision, mandate.reason = decision, reason
    mandate.decided_at, mandate.decided_by = timezone.now(), author.email
    mandate.save(update_fields=["decision", "reason", "decided_at", "decided_by"])


def _note(verb: str, commune: Commune, author: User, **detail: Any) -> None:
    with entered(OPERATOR):
        record(verb, target=typographic(str(commune)), author=author, insee=commune.insee, **detail)


def _write(template: str, addresses: Iterable[str], commune: Commune, **context: Any) -> None:
    """Write in the operator's name: the commune's own mail speaks for the mairie."""
    full = {**context, "commune": typographic(commune.name), "of_commune": of_commune(commune.name)}
    with entered(OPERATOR):
        for address in addresses:
            send_email(template, to=address, context=full, reply_to=settings.OPERATOR_EMAIL)


def _commune(space: Space) -> Commune:
    commune: Commune | None = space.commune
    assert commune is not None
    return commune


def _office(space: Space) -> str:
    return space_url(space, "/mairie/")
