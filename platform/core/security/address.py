"""A person leaves their address for another: proved by a code, told to the old one, and taken back from there."""

import secrets
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from core.accounts.models import User
from core.audit.actions import record
from core.audit.models import Entry
from core.delivery.actions import send_email
from core.privacy.mentions import rename_mentions
from core.security.models import AddressChange
from core.security.sessions import end_sessions

CODE_MINUTES = 15
TAKE_BACK = timedelta(days=14)


class AddressTaken(Exception):
    """Another account took the address meanwhile."""


def send_code(user: User, *, email: str) -> str:
    """Write to a new address; return the code's fingerprint. An address in use is told so, and its answer fits none."""
    code = f"{secrets.randbelow(10**6):06}"
    if User.objects.filter(email=email).exists():
        send_email("address_in_use", to=email, context={}, minutes_to_live=CODE_MINUTES)
        return fingerprint(user, email, secrets.token_hex(8))
    send_email(
        "address_code",
        to=email,
        context={"code": code, "minutes": CODE_MINUTES},
        minutes_to_live=CODE_MINUTES,
        secret=True,
    )
    return fingerprint(user, email, code)


def fingerprint(user: User, email: str, code: str) -> str:
    return salted_hmac("core.security.address", f"{user.pk} {email} {code}", algorithm="sha256").hexdigest()


def is_right(user: User, *, email: str, code: str, kept: str) -> bool:
    return constant_time_compare(fingerprint(user, email, code), kept)


def change_address(user: User, *, new: str, session_key: str, link: str) -> AddressChange:
    """Replace the address; sessions elsewhere end, and the old address gets `link` with a token to take it back.

    Raises AddressTaken, changing nothing.
    """
    old, token = user.email, secrets.token_urlsafe(24)
    try:
        with transaction.atomic():
            _replace(user, old, new)
            change = AddressChange.objects.create(
                user=user, old=old, new=new, token=_hashed(token), until=timezone.now() + TAKE_BACK
            )
            end_sessions(user, but=session_key)
            record("security.address_changed", target=new, author=user)
            send_email("address_changed", to=old, context={"new": new, "link": link + token, "until": change.until})
            return change
    except IntegrityError as error:
        user.refresh_from_db()
        raise AddressTaken from error


def change_of(token: str) -> AddressChange | None:
    """The change that this token may still undo."""
    found = AddressChange.objects.filter(token=_hashed(token), undone_at=None, until__gt=timezone.now())
    return found.select_related("user").first()


def take_back(change: AddressChange) -> None:
    """Give the account its old address again and sign everybody out of it.

    Raises AddressTaken, changing nothing.
    """
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=change.user_id)
            _replace(user, user.email, change.old)
            AddressChange.objects.filter(user=user, at__gte=change.at, undone_at=None).update(undone_at=timezone.now())
            end_sessions(user)
            record("security.address_taken_back", target=change.old, author=user)
            send_email("address_taken_back", to=change.old, context={})
    except IntegrityError as error:
        raise AddressTaken from error


def _replace(user: User, old: str, new: str) -> None:
    """The account, allauth's row and whatever names its owner by address follow."""
    user.email = new
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=new, verified=True, primary=True)
    Entry.objects.filter(author_id=user.pk).update(author=new)
    Entry.objects.filter(target=old).update(target=new)
    rename_mentions(old, new)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
