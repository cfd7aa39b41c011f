"""What a mail service tells afterwards, in anymail's words: delivered, bounced, complained of. The rest is absorbed,
and counted by the day.

The word that left with the e-mail says whose it is; what the service says of addresses is not taken from it.
"""

import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction
from django.utils import timezone

from core.delivery.actions import OUTBOX
from core.delivery.consenting import withdraw
from core.delivery.mail.suppressing import suppress
from core.delivery.mail.words import KEY, read
from core.delivery.models import Channel, Consent, DeliveryState, OutgoingEmail
from core.delivery.models.email import Kind
from core.delivery.tallies import count
from core.tenancy.context import enter
from core.tenancy.due import due
from core.tenancy.errors import NoSuchSpace

logger = logging.getLogger(__name__)

PROVIDER = "email"
TRIES, AGAIN = 3, 15 * 60  # an address that was busy is written to again, so many seconds later
_NOBODY = {RejectReason.BOUNCED, RejectReason.INVALID}
_UNWANTED = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}
# Which states give way to what is heard: a bounce may follow a delivery, nothing else takes it back.
_GIVES_WAY = {
    DeliveryState.DELIVERED: {"sending", "accepted", "temporary", "technical", "expired"},
    DeliveryState.PERMANENT: {"sending", "accepted", "delivered", "temporary", "technical", "expired"},
    DeliveryState.TEMPORARY: {"sending", "accepted"},
    DeliveryState.TECHNICAL: {"sending", "accepted"},
}


class Heard(StrEnum):
    TAKEN = "taken"
    DOUBLED = "doubled"
    PENDING = "pending"
    UNKNOWN = "unknown"
    FORGED = "forged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an e-mail, and what that says of its address; `stop`: they want no more of what they asked for."""

    state: DeliveryState | None = None
    suppress: Kind | None = None
    stop: bool = False
    reason: str = ""


def told(event: AnymailTrackingEvent, **_: Any) -> None:
    """anymail's signal."""
    hear(event)


def hear(event: AnymailTrackingEvent) -> Heard:
    """Act on one event, and count it."""
    heard = _hear(event)
    count(PROVIDER, heard)
    return heard


def _hear(event: AnymailTrackingEvent) -> Heard:
    said = read_event(event)
    if said == Event():
        return Heard.PENDING
    metadata = event.metadata if isinstance(event.metadata, Mapping) else {}
    if KEY not in metadata:
        return Heard.UNKNOWN  # of the same account, and not ours
    whose = read(metadata[KEY])
    if whose is None:
        logger.warning("forged event of an e-mail refused")
        return Heard.FORGED
    schema_name, key = whose
    try:
        with enter(schema_name), transaction.atomic():
            mail = OutgoingEmail.objects.select_for_update().filter(pk=key).first()
            return _take(mail, said) if mail else Heard.UNKNOWN
    except NoSuchSpace:
        return Heard.UNKNOWN


def read_event(event: AnymailTrackingEvent) -> Event:
    """Nothing for what says nothing new: taken, put off (the service tries again by itself), opened."""
    kind, why = event.event_type, event.reject_reason
    reason = str(event.mta_response or event.description or why or kind)
    unwanted, nobody = why in _UNWANTED, why in _NOBODY
    if kind == EventType.DELIVERED:
        return Event(DeliveryState.DELIVERED)
    if kind == EventType.COMPLAINED:
        return Event(suppress=Kind.COMPLAINT, reason=reason)
    if kind == EventType.UNSUBSCRIBED:
        return Event(stop=True)
    if kind == EventType.BOUNCED and _passes(event):
        return Event(DeliveryState.TEMPORARY, reason=reason)
    if kind == EventType.BOUNCED or (kind == EventType.REJECTED and (nobody or unwanted)):
        blame = Kind.COMPLAINT if unwanted else Kind.REFUSED if nobody else None
        return Event(DeliveryState.PERMANENT, blame, reason=reason)
    if kind == EventType.REJECTED and why == RejectReason.BLOCKED:
        return Event(DeliveryState.PERMANENT, reason=reason)
    if kind in {EventType.REJECTED, EventType.FAILED}:
        return Event(DeliveryState.TECHNICAL, reason=reason)
    return Event()


def _passes(event: AnymailTrackingEvent) -> bool:
    """Whether the address was only busy or full: Brevo and Mailjet say so in their own words, servers by a 4."""
    said = event.esp_event if isinstance(event.esp_event, Mapping) else {}
    by_service = said.get("event") == "soft_bounce" or said.get("hard_bounce") is False
    return by_service or str(event.mta_response or "").startswith("4")


def _take(mail: OutgoingEmail, said: Event) -> Heard:
    if said.suppress:
        suppress(mail.recipient, said.suppress, said.reason)
    if said.stop:
        asked = Consent.objects.live().filter(user__email__iexact=mail.recipient).exclude(channel=Channel.PUSH)
        withdraw(asked)
    if said.state is None:
        return Heard.TAKEN
    if mail.state not in _GIVES_WAY[said.state]:
        return Heard.DOUBLED
    now = timezone.now()
    mail.state, mail.last_error, mail.done_at, mail.leased_until = said.state, said.reason[:300], now, None
    if said.state == DeliveryState.TEMPORARY:
        _again(mail)
    if mail.secret and mail.done_at:
        mail.subject = mail.text = mail.html = ""
    mail.save()
    return Heard.TAKEN


def _again(mail: OutgoingEmail) -> None:
    """Once more while it is worth it, a few times; the words of a code are gone."""
    mail.attempts += 1
    later = timezone.now() + timedelta(seconds=AGAIN * random.uniform(0.8, 1.2))  # noqa: S311 - jitter
    if mail.secret or mail.attempts >= TRIES or later >= mail.expires_at:
        mail.state = DeliveryState.PERMANENT
        return
    mail.not_before, mail.done_at = later, None
    due(OUTBOX, later)
