"""Who must have a second factor, since when, and who has one."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from core.accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors(user: User) -> QuerySet[Any]:
    """What the person proves themselves with beside the code of the mail; recovery codes are not counted."""
    found: QuerySet[Any] = Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).order_by("created_at", "pk")
    return found


def is_required_of(user: User) -> bool:
    """Whether one of the person's roles asks for a second factor."""
    return bool(settings.SECOND_FACTOR_REQUIRED and _asking(user))


def due_on(user: User) -> datetime | None:
    """When somebody without a second factor is let no further; None: nothing is asked of them, or they have one."""
    if not is_required_of(user) or factors(user).exists():
        return None
    grace = settings.SECOND_FACTOR_GRACE_DAYS
    held = user.grants.filter(ended_at__isnull=True, role__in=_asking(user)).values_list("role", "since")
    return min((since + timedelta(days=grace[role]) for role, since in held), default=timezone.now())


def is_overdue(user: User) -> bool:
    when = due_on(user)
    return when is not None and when <= timezone.now()


def _asking(user: User) -> list[str]:
    return [str(role) for role in user.roles if str(role) in settings.SECOND_FACTOR_GRACE_DAYS]
