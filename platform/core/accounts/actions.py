"""People come, are given roles, are kept out, and leave."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Min, Q
from django.utils import timezone

from core.accounts.models import Block, Invitation, RoleGrant, User
from core.audit.actions import record
from core.audit.models import Entry
from core.catalogue import STAFF_ROLES, Role
from core.delivery.models import OutgoingEmail, SuppressedAddress
from core.media.actions import forget_author
from core.organisation.actions import forget_in_notice
from core.privacy.mentions import rename_mentions
from core.security.erasure import forget
from core.security.sessions import end_sessions
from core.tenancy.due import due
from core.tenancy.here import current

PURGE = "accounts.purge"
UNVERIFIED_KEPT = timedelta(days=2)
GONE = "compte supprimé"
PLATFORM = "Beffroi"

# The rows of others that bear the address of who wrote them.


class LastAdministrator(Exception):
    """The act would leave the commune, or the operator, with nobody in charge."""


def add_person(*, email: str, name: str = "") -> User:
    """The person of this address, made if unknown: nobody is verified before having typed a code."""
    email = email.strip().lower()
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            user = User.objects.create_person(email, name=name)
            EmailAddress.objects.create(user=user, email=user.email, primary=True)
            due(PURGE, timezone.now() + UNVERIFIED_KEPT)
            return user
    except IntegrityError:
        return User.objects.get(email__iexact=email)


@transaction.atomic
def verify(user: User) -> None:
    """The person proved to read mail at their address."""
    if user.verified_at is None:
        user.verified_at = timezone.now()
        user.save(update_fields=["verified_at"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def rename(user: User, *, name: str) -> None:
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])


@transaction.atomic
def grant_role(user: User, role: Role, *, author: User | None) -> bool:
    """Give a role; False when it was held already. An author of None is the platform itself."""
    _forget_roles(user)
    _grant, created = RoleGrant.objects.get_or_create(
        user=user, role=role, ended_at=None, defaults={"author": _name(author)}
    )
    if created:
        record("accounts.role_granted", target=user.email, author=author, role=str(role))
    return created


@transaction.atomic
def end_role(user: User, role: Role, *, author: User | None) -> bool:
    """Take a role back; False when it was not held. Raises LastAdministrator, changing nothing."""
    _protect_last(user, {role})
    ended = user.grants.filter(role=role, ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=_name(author))
    _forget_roles(user)
    if ended:
        record("accounts.role_ended", target=user.email, author=author, role=str(role))
    return bool(ended)


@transaction.atomic
def set_role(user: User, role: Role | None, *, author: User | None) -> None:
    """Give this one role of a commune's staff, or none. Raises LastAdministrator, changing nothing."""
    for other in STAFF_ROLES:
        if other is not role:
            end_role(user, other, author=author)
    if role is not None:
        grant_role(user, role, author=author)


def is_last_administrator(user: User) -> bool:
    """Whether nobody else administers the commune."""
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True, user__is_active=True)
    return set(held.values_list("user", flat=True)) == {user.pk}


@transaction.atomic
def block(user: User, *, reason: str, author: User) -> None:
    """Keep a person out and end their sessions; their roles wait. Said twice in the same words, it is heard once.

    Raises LastAdministrator, changing nothing.
    """
    _protect_last(user, {Role.ADMINISTRATOR, Role.OPERATOR})
    standing, made = Block.objects.get_or_create(
        user=user, lifted_at=None, defaults={"reason": reason, "author": author.email}
    )
    if not made and standing.reason == reason and not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    _forget_roles(user)
    record("accounts.blocked", target=user.email, author=author, reason=reason)


@transaction.atomic
def lift_block(user: User, *, author: User) -> None:
    lifted = user.blocks.filter(lifted_at__isnull=True).update(lifted_at=timezone.now(), lifted_by=author.email)
    if not lifted and user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    _forget_roles(user)
    record("accounts.unblocked", target=user.email, author=author)


@transaction.atomic
def delete_account(user: User) -> None:
    """Erase a person from every module, off ones included, and leave no name in the journal.

    Raises LastAdministrator, changing nothing.
    """
    _protect_last(user, {Role.ADMINISTRATOR, Role.OPERATOR})
    for manifest in settings.CATALOGUE:
        erase = settings.CATALOGUE.hook(manifest.slug, "erase")
        if erase is not None:
            erase(user)
    email = user.email
    Entry.objects.filter(author_id=user.pk).update(author=GONE, author_id=None)
    Entry.objects.filter(target=email).update(target=GONE, detail={})
    Invitation.objects.filter(email=email).delete()
    rename_mentions(email, GONE)
    forget_in_notice(user)
    OutgoingEmail.objects.filter(recipient__iexact=email).delete()
    SuppressedAddress.objects.filter(address=email.lower()).delete()
    forget(user)
    forget_author(user)
    user.delete()
    record("accounts.deleted")


@transaction.atomic
def purge_unverified() -> datetime | None:
    """Forget who asked for a code and never typed it; return when the next one is due."""
    strangers = User.objects.filter(verified_at__isnull=True, grants__isnull=True, blocks__isnull=True)
    strangers.filter(joined_at__lte=timezone.now() - UNVERIFIED_KEPT).delete()
    eldest: datetime | None = strangers.aggregate(eldest=Min("joined_at"))["eldest"]
    return eldest + UNVERIFIED_KEPT if eldest else None


def _protect_last(user: User, roles: set[Role]) -> None:
    """Refuse to take the last administrator, or the last operator. The lock makes two who leave at once take turns."""
    guarded = roles & {Role.ADMINISTRATOR, Role.OPERATOR}
    held = RoleGrant.objects.filter(role__in=guarded, ended_at__isnull=True)
    list(held.select_for_update().order_by("id").values_list("id"))
    for role in user.grants.filter(role__in=guarded, ended_at__isnull=True).values_list("role", flat=True):
        others = held.filter(~Q(user=user), role=role, user__is_active=True)
        if user.is_active and not others.exists():
            raise LastAdministrator(f"{role} of {current().schema_name}")


def _forget_roles(user: User) -> None:
    vars(user).pop("roles", None)


def _name(author: User | None) -> str:
    return author.email if author is not None else PLATFORM
