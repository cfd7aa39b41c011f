"""A six-digit code by SMS proves that somebody reads a number: fifteen minutes, five tries, once.

It is paid by the commune, as what it opens is. So its sending is counted, by number and by address for all communes at
once and by day for each commune; and it stops before it takes what one alert to everybody who asked would cost.
Whoever asks is answered the same, whether the number is known, unknown, or had its share of codes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import randbelow
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as now_in_french
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.delivery.models import OutgoingSms, PhoneCode, SmsConsent
from core.delivery.sms.actions import NOT_OFFERED, send_sms
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.consenting import consent, takes_over
from core.delivery.sms.credit import balance, take_turn
from core.tenancy.due import due
from core.tenancy.here import PUBLIC, current, here
from core.tenancy.keys import uuid7
from core.tenancy.registry import registry
from core.web.throttle import too_many

FORGET = "delivery.forget_codes"
NOTE = "codes d’inscription"
MINUTES, TRIES = 15, 5
LIFE, DAY, HOUR = timedelta(minutes=MINUTES), timedelta(days=1), timedelta(hours=1)
DOUBLE_CLICK = timedelta(seconds=20)
# Of one number, in every commune together; of one address; of one commune.
AN_HOUR, A_DAY, OF_AN_ADDRESS, OF_A_COMMUNE = 3, 6, 20, 200
# How long a proved number may be settled without another code.
SETTLED = timedelta(minutes=30)
# What an alert usually takes, and what codes leave of the credit for each number that asked.
KEPT_FOR_EACH = 2
HIDDEN = "••••••"

NO_CREDIT = _("La mairie ne peut pas envoyer de code pour le moment : sa réserve de SMS est gardée pour les alertes.")
SPENT = _("Trop de numéros ont été inscrits aujourd’hui. Réessayez demain, ou passez à la mairie.")


class Verdict(StrEnum):
    """What a typed code is worth."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


def offered() -> bool:
    """Whether a number may be written down at all: a provider, and a commune that may write to people."""
    return can_sms() and registry().may_write_to(current().schema_name)


def kept_for_alerts() -> int:
    """The segments that codes do not touch."""
    return KEPT_FOR_EACH * SmsConsent.objects.live().values("number").distinct().count()


def runs_out() -> bool:
    """Whether somebody asked for SMS and an alert to all of them would hardly be paid."""
    needed = kept_for_alerts()
    return bool(needed) and balance() <= needed


@transaction.atomic
def ask(*, number: str, topics: Sequence[str], user: User | None = None, held: PhoneCode | None = None) -> PhoneCode:
    """Send a code to a number (E.164), that will ask for these topics; `held` is the one that this browser waits for.

    Raises ValidationError (`not_offered`, `no_credit`, `spent`), changing nothing, whatever the number is.
    """
    if not offered():
        raise ValidationError(NOT_OFFERED, code="not_offered")
    take_turn()
    now, same = timezone.now(), held if held and held.number == number and held.is_open else None
    if same and same.topics == list(topics) and same.asked_at > now - DOUBLE_CLICK:
        return same
    if balance() <= kept_for_alerts():
        raise ValidationError(NO_CREDIT, code="no_credit")
    sent = PhoneCode.objects.exclude(code_hash="").filter(asked_at__gt=now - DAY)
    if sent.count() >= OF_A_COMMUNE:
        raise ValidationError(SPENT, code="spent")
    asked = PhoneCode(pk=uuid7(), user=user, number=number, topics=list(topics), expires_at=now + LIFE)
    here_too = sent.filter(number=number, asked_at__gt=now - HOUR).count() >= AN_HOUR
    if here_too or _had_its_share(number):
        if same:
            PhoneCode.objects.filter(pk=same.pk).update(topics=list(topics))
            return same
    else:
        _send(asked)
    asked.save(force_insert=True)
    due(FORGET, asked.expires_at)
    return asked


def too_many_from(address: str) -> bool:
    """Count one more code asked from an address, in whichever commune."""
    return _everywhere("phone-code-address", address, OF_AN_ADDRESS, HOUR)


@transaction.atomic
def check(key: UUID, typed: str) -> Verdict:
    """Try a code; the right one asks for what it was sent for. Every try counts before it is judged, and what served
    once serves no more."""
    found = PhoneCode.objects.select_for_update().filter(pk=key).first()
    if found is None or not found.is_open or found.tries >= TRIES:
        return Verdict.OVER
    found.tries += 1
    right = bool(found.code_hash) and constant_time_compare(found.code_hash, _hashed(found, typed))
    if right:
        found.proved_at = timezone.now()
        _begin(found)
        _hide([found])
    found.save(update_fields=["tries", "proved_at"])
    if right:
        return Verdict.RIGHT
    return Verdict.WRONG if found.tries < TRIES else Verdict.OVER


def proved(key: UUID) -> str:
    """The number that this code proved a moment ago, empty when it did not."""
    recent = PhoneCode.objects.filter(pk=key, proved_at__gt=timezone.now() - SETTLED)
    return recent.values_list("number", flat=True).first() or ""


@transaction.atomic
def forget_codes() -> datetime | None:
    """Take the codes that are over out of what was sent, then forget them a day later; return when to look again."""
    now = timezone.now()
    PhoneCode.objects.filter(asked_at__lte=now - DAY).delete()
    _hide(PhoneCode.objects.filter(expires_at__lte=now))
    open_ends = PhoneCode.objects.filter(expires_at__gt=now).order_by("expires_at").values_list("expires_at", flat=True)
    eldest = PhoneCode.objects.order_by("asked_at").values_list("asked_at", flat=True).first()
    ends = [open_ends.first(), eldest + DAY if eldest else None]
    return min((end for end in ends if end), default=None)


def worded(code: str) -> str:
    """One segment, whatever the commune's name."""
    name = registry().sender(current().schema_name).name
    text = now_in_french("%(code)s : votre code pour recevoir nos SMS. Il vaut %(minutes)s minutes. %(name)s")
    return text % {"code": code, "minutes": MINUTES, "name": name}


def _send(asked: PhoneCode) -> None:
    code = f"{randbelow(10**6):06d}"
    asked.code_hash = _hashed(asked, code)
    whose = {asked.number: asked.user_id}
    send_sms(to=whose, text=worded(code), key=asked.pk, expires_at=asked.expires_at, author=None, note=NOTE)


def _begin(found: PhoneCode) -> None:
    """Proving a number is asking for the topics, and is stronger than whatever account it was of."""
    if found.user:
        takes_over(found.number, found.user)
    for topic in found.topics:
        consent(number=found.number, topic=topic, author=found.user, user=found.user)


def _had_its_share(number: str) -> bool:
    return _everywhere("phone-code-hour", number, AN_HOUR, HOUR) or _everywhere("phone-code-day", number, A_DAY, DAY)


def _everywhere(what: str, who: str, limit: int, span: timedelta) -> bool:
    """The counts of a commune are its own; these are of all."""
    token = here.set(PUBLIC)
    try:
        return too_many(what, who, limit=limit, seconds=int(span.total_seconds()))
    finally:
        here.reset(token)


def _hide(codes: Iterable[PhoneCode]) -> None:
    """What was sent stays, without its six digits."""
    OutgoingSms.objects.filter(key__in=[each.pk for each in codes]).update(text=worded(HIDDEN))


def _hashed(asked: PhoneCode, code: str) -> str:
    return salted_hmac("core.delivery.sms.codes", f"{asked.pk}:{asked.number}:{code}", algorithm="sha256").hexdigest()
