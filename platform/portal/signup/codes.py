"""The six-digit code that proves an address: kept as a keyed hash, fifteen minutes, five tries, five sends an hour."""

from datetime import timedelta
from enum import StrEnum
from secrets import randbelow

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from core.delivery.actions import send_email
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.web.french import of_commune
from tenants.models import Signup

TRIES = 5
SENDS = 5
SENDS_AGAIN_AFTER = timedelta(hours=1)
DOUBLE_CLICK = timedelta(seconds=20)


class Sending(StrEnum):
    SENT = "sent"
    JUST_SENT = "just_sent"
    TOO_MANY = "too_many"


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED_UP = "used_up"


def life() -> timedelta:
    return timedelta(minutes=settings.SIGNUP_CODE_MINUTES)


def too_many_sent(signup: Signup) -> bool:
    """Whether this opening had all the codes it may have for now."""
    if signup.codes_sent < SENDS:
        return False
    last = signup.code_expires_at
    return last is not None and timezone.now() < last - life() + SENDS_AGAIN_AFTER


def send_code(signup: Signup) -> Sending:
    """Write a new code to the signup's address, in the caller's transaction, which holds the row.

    A second click within seconds sends nothing: the first code stays the right one.
    """
    now = timezone.now()
    if signup.code_hash and signup.code_expires_at and now < signup.code_expires_at - life() + DOUBLE_CLICK:
        return Sending.JUST_SENT
    if too_many_sent(signup):
        return Sending.TOO_MANY
    code = f"{randbelow(10**6):06d}"
    signup.codes_sent = 1 if signup.codes_sent >= SENDS else signup.codes_sent + 1
    signup.code_hash = _hashed(signup, code)
    signup.code_expires_at = now + life()
    signup.code_attempts = 0
    signup.save(update_fields=["codes_sent", "code_hash", "code_expires_at", "code_attempts"])
    context = {
        "code": code,
        "minutes": settings.SIGNUP_CODE_MINUTES,
        "of_commune": of_commune(signup.commune.name),
        "departement": signup.commune.departement,
    }
    with entered(OPERATOR):
        minutes = settings.SIGNUP_CODE_MINUTES
        send_email("signup_code", to=signup.email, context=context, minutes_to_live=minutes, secret=True)
    return Sending.SENT


def check(signup: Signup, typed: str) -> Verdict:
    """Judge a code, in the caller's transaction, which holds the row; every try counts before it is judged."""
    if not signup.code_hash or signup.code_expires_at is None or signup.code_expires_at <= timezone.now():
        return Verdict.EXPIRED
    if signup.code_attempts >= TRIES:
        return Verdict.USED_UP
    signup.code_attempts += 1
    signup.save(update_fields=["code_attempts"])
    if constant_time_compare(signup.code_hash, _hashed(signup, typed)):
        return Verdict.RIGHT
    return Verdict.USED_UP if signup.code_attempts >= TRIES else Verdict.WRONG


def forget_code(signup: Signup) -> None:
    """The address changed: what was sent to the other one proves nothing. How many were sent stays counted."""
    signup.code_hash = ""


def _hashed(signup: Signup, code: str) -> str:
    return salted_hmac("portal.signup.code", f"{signup.pk}:{signup.email}:{code}", algorithm="sha256").hexdigest()
