"""Numbers that asked to be told, and those that asked to be left alone."""

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.models import DeliveryState, OutgoingSms, SmsConsent
from core.delivery.sms.credit import give_back
from core.delivery.topics import VERSION

STOP = "STOP"


@transaction.atomic
def consent(*, number: str, topic: str, author: Any, user: User | None = None) -> SmsConsent:
    """Keep that a number (E.164) asked to be told of a topic; `author` is who said so, the person or the mairie."""
    known = SmsConsent.objects.live().filter(number=number, topic=topic).first()
    if known:
        return known
    record("delivery.sms_asked", author=author, topic=topic)
    return SmsConsent.objects.create(number=number, topic=topic, user=user, author=author.email, version=VERSION)


@transaction.atomic
def withdraw(*, number: str, by: str, topic: str = "") -> int:
    """End what this number asked for, of one topic or of all; what still waits for it does not leave, and is given
    back. `by`: an e-mail address, or STOP. Returns how many consents ended."""
    asked = SmsConsent.objects.live().filter(number=number)
    waiting = OutgoingSms.objects.open().filter(recipient=number).exclude(state=DeliveryState.SENDING)
    if topic:
        asked, waiting = asked.filter(topic=topic), waiting.filter(announcement__topic=topic)
    give_back(waiting.aggregate(paid=Sum("segments"))["paid"] or 0, "asked to be left alone")
    waiting.delete()
    return asked.update(withdrawn_at=timezone.now(), withdrawn_by=by)


@transaction.atomic
def forget(number: str) -> None:
    """Erase all that is kept of a number, for whoever asks it without having an account."""
    SmsConsent.objects.filter(number=number).delete()
    OutgoingSms.objects.filter(recipient=number).delete()
