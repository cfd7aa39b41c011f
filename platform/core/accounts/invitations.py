"""Colleagues are invited: a role is promised to an address, and given once somebody proves that they read its mail."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core.accounts.actions import grant_role, rename
from core.accounts.models import Invitation, User
from core.audit.actions import record
from core.audit.models import Entry
from core.catalogue import Role
from core.tenancy.due import due

FORGET = "accounts.forget_invitations"
VALID = timedelta(days=14)
KEPT = timedelta(days=30)
FORGOTTEN = "adresse oubliée"
# A form sent twice: a double click, or the back button. Later, the same words mean that somebody wants another mail.
TWICE = timedelta(minutes=1)


class Reason(StrEnum):
    IN_THE_TEAM = "in_the_team"
    KEPT_OUT = "kept_out"


class InvitationRefused(Exception):
    """Nobody is to be invited at this address."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def promise(*, email: str, name: str, role: Role, author: User) -> Invitation:
    """Promise a role to an address; a promise that waits already takes this role and starts again.

    Raises InvitationRefused, changing nothing.
    """
    email = email.strip().lower()
    known = User.objects.filter(email=email).first()
    if known is not None and not known.is_active:
        raise InvitationRefused(Reason.KEPT_OUT)
    if known is not None and known.roles:
        raise InvitationRefused(Reason.IN_THE_TEAM)
    now = timezone.now()
    given = {"name": name, "role": role, "author": author.email, "sent_at": now, "expires_at": now + VALID}
    found, _made = Invitation.objects.update_or_create(email=email, accepted_at=None, cancelled_at=None, defaults=given)
    due(FORGET, found.expires_at + KEPT)
    record("accounts.invited", target=email, author=author, role=str(role))
    return found


def just_sent(sender: User, **same: Any) -> Invitation | None:
    """The invitation sent a moment ago in these words. The sender's next form waits for the end of this one."""
    sender.take_turn()
    return Invitation.objects.waiting().filter(sent_at__gt=timezone.now() - TWICE, **same).first()


@transaction.atomic
def renew(invitation: Invitation, *, author: User) -> None:
    """Start its fourteen days again."""
    now = timezone.now()
    invitation.sent_at, invitation.expires_at = now, now + VALID
    invitation.save(update_fields=["sent_at", "expires_at"])
    record("accounts.invited_again", target=invitation.email, author=author)


@transaction.atomic
def cancel(invitation: Invitation, *, author: User) -> None:
    if invitation.cancelled_at:
        return
    invitation.cancelled_at, invitation.cancelled_by = timezone.now(), author.email
    invitation.save(update_fields=["cancelled_at", "cancelled_by"])
    record("accounts.invitation_cancelled", target=invitation.email, author=author)


@transaction.atomic
def accept(user: User) -> bool:
    """Give somebody the role that waits for their address, if any stands; their own name and role win over its."""
    if user.verified_at is None or not user.is_active:
        return False
    found = Invitation.objects.standing().select_for_update().filter(email=user.email).first()
    if found is None:
        return False
    found.accepted_at = timezone.now()
    found.save(update_fields=["accepted_at"])
    if found.name and not user.name:
        rename(user, name=found.name)
    record("accounts.invitation_accepted", author=user)
    if not user.roles:
        grant_role(user, Role(found.role), author=User.objects.filter(email=found.author).first())
    return True


@transaction.atomic
def forget_invitations() -> datetime | None:
    """Delete those long over; the journal keeps no address of who never came. Return when the next one is due."""
    over = Invitation.objects.filter(expires_at__lte=timezone.now() - KEPT)
    strangers = set(over.waiting().values_list("email", flat=True))
    strangers |= set(over.filter(cancelled_at__isnull=False).values_list("email", flat=True))
    strangers -= set(User.objects.filter(email__in=strangers).values_list("email", flat=True))
    Entry.objects.filter(target__in=strangers, verb__startswith="accounts.invit").update(target=FORGOTTEN)
    over.delete()
    eldest: datetime | None = Invitation.objects.aggregate(eldest=Min("expires_at"))["eldest"]
    return eldest + KEPT if eldest else None
