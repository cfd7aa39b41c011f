"""Numbers that asked to be told, and those that asked to be left alone."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.following import follow, followed
from core.delivery.models import DeliveryState, FollowedArea, OutgoingSms, SmsConsent
from core.delivery.sms.credit import give_back, take_turn
from core.delivery.topics import VERSION
from core.territory.models import Area

# Who withdrew: an e-mail address, the number's own answer, or whoever proved the number by a code.
STOP, CODE = "STOP", "CODE"


@transaction.atomic
def consent(*, number: str, topic: str, author: Any, user: User | None = None, paper: str = "") -> SmsConsent:
    """Keep that a number (E.164) asked to be told of a topic; `author` is who said so: the person, the mairie with the
    reference of a `paper` that was signed, or None for whoever proved the number and has no account."""
    known = SmsConsent.objects.live().filter(number=number, topic=topic).first()
    if known:
        return known
    verb = "sms_entered" if paper else "sms_asked" if author else "sms_joined"
    record(f"delivery.{verb}", author=author, topic=topic)
    email = author.email if author else ""
    return SmsConsent.objects.create(number=number, topic=topic, user=user, author=email, paper=paper, version=VERSION)


def takes_over(number: str, user: User) -> None:
    """What this number asked for is the account's that proved it: the paper of a counter has served."""
    others = SmsConsent.objects.live().filter(number=number).exclude(user=user)
    FollowedArea.objects.filter(sms_consent__in=others).delete()  # the account's own places count from now on
    others.update(user=user, author=user.email, paper="")


@transaction.atomic
def choose_for(
    number: str,
    wanted: Collection[str],
    *,
    among: Collection[str],
    user: User | None,
    places: Collection[Area] | None = None,
) -> None:
    """Keep what a proved number ticked among the topics that were shown, and the places that it follows unless they
    are None; an account chooses its own. Nothing else changes."""
    take_turn()
    for topic in sorted(among):
        if topic in wanted:
            consent(number=number, topic=topic, author=user, user=user)
        else:
            withdraw(number=number, by=user.email if user else CODE, topic=topic)
    if places is not None:
        for asked in SmsConsent.objects.live().filter(number=number, user=None):
            follow(asked, places)


def places_of(number: str) -> QuerySet[Area] | None:
    """The places that a number follows, None when an account chooses them."""
    live = SmsConsent.objects.live().filter(number=number)
    if live.filter(user__isnull=False).exists():
        return None
    asked = live.first()
    return followed(asked) if asked else Area.objects.none()


def topics_of_number(number: str) -> set[str]:
    return set(SmsConsent.objects.live().filter(number=number).values_list("topic", flat=True))


def numbers_of(user: User) -> dict[str, list[str]]:
    """The numbers of an account, and the topics that each asked for."""
    found: dict[str, list[str]] = {}
    for number, topic in (
        SmsConsent.objects.live().filter(user=user).values_list("number", "topic").order_by("given_at")
    ):
        found.setdefault(number, []).append(topic)
    return found


@transaction.atomic
def withdraw(*, number: str, by: str, topic: str = "") -> int:
    """End what this number asked for, of one topic or of all; what still waits for it does not leave, and is given
    back. `by`: an e-mail address, STOP or CODE. Returns how many consents ended."""
    asked = SmsConsent.objects.live().filter(number=number)
    waiting = OutgoingSms.objects.open().filter(recipient=number).exclude(state=DeliveryState.SENDING)
    if topic:
        asked, waiting = asked.filter(topic=topic), waiting.filter(announcement__topic=topic)
    give_back(waiting.aggregate(paid=Sum("segments"))["paid"] or 0, "asked to be left alone")
    waiting.delete()
    FollowedArea.objects.filter(sms_consent__in=asked).delete()
    return asked.update(withdrawn_at=timezone.now(), withdrawn_by=by)


@transaction.atomic
def forget(number: str) -> None:
    """Erase all that is kept of a number, for whoever asks it without having an account."""
    SmsConsent.objects.filter(number=number).delete()
    OutgoingSms.objects.filter(recipient=number).delete()
