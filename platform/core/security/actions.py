"""Factors are added, taken away and reset: each act with its line in the journal and a word to the person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.actions import send_email
from core.security.second_factor import factors, is_required_of
from core.security.sessions import end_sessions


class LastFactor(Exception):
    """The person must have a second factor, and this is the only one."""


@transaction.atomic
def add_application(user: User, *, secret: str, session_key: str) -> bool:
    """Let an application's codes prove the person; whether recovery codes were made. Sessions elsewhere end."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    return _added(user, "application", session_key)


@transaction.atomic
def add_passkey(user: User, *, name: str, credential: dict[str, Any], session_key: str) -> bool:
    """Let a passkey prove the person; whether recovery codes were made. Sessions elsewhere end."""
    _lock(user)
    WebAuthn.add(user, name, credential)
    return _added(user, "passkey", session_key)


@transaction.atomic
def remove_factor(user: User, *, factor: Any) -> None:
    """Take one away. Raises LastFactor, changing nothing."""
    _lock(user)
    last = not factors(user).exclude(pk=factor.pk).exists()
    if last and is_required_of(user):
        raise LastFactor
    factor.delete()
    if last:
        Authenticator.objects.filter(user=user).delete()
    _note("security.factor_removed", user, author=user)
    send_email("factor_removed", to=user.email, context={"last": last})


@transaction.atomic
def renew_recovery_codes(user: User) -> None:
    """Make ten new recovery codes; those of before open nothing any more."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    _note("security.codes_renewed", user, author=user)


@transaction.atomic
def reset_factors(user: User, *, author: User | None) -> bool:
    """Take every factor from somebody who lost theirs and sign them out; False when there was none."""
    _lock(user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        return False
    end_sessions(user)
    record("security.factors_reset", target=user.email, author=author)
    send_email("factors_reset", to=user.email, context={})
    return True


def recovery_codes(user: User) -> list[str]:
    """Those that were not used; empty without a second factor."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(row).get_unused_codes()) if row else []


def _added(user: User, kind: str, session_key: str) -> bool:
    end_sessions(user, but=session_key)
    made = not Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()
    if made:
        RecoveryCodes.activate(user)
    _note("security.factor_added", user, author=user)
    send_email("factor_added", to=user.email, context={"kind": kind})
    return made


def _note(verb: str, user: User, *, author: User) -> None:
    """Of the staff's accounts only: what a resident does with their own is no business of the mairie."""
    if user.is_staff_member:
        record(verb, target=user.email, author=author)


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
