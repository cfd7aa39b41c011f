"""What providers tell afterwards: delivered, failed, or STOP. Everything else is absorbed, and counted by the day."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from core.delivery.actions import SMS
from core.delivery.models import DeliveryState, OutgoingSms, SmsRoute
from core.delivery.sms.consenting import STOP, withdraw
from core.delivery.sms.waiting import wait, when_allowed
from core.delivery.tallies import count
from core.tenancy.context import enter, entered
from core.tenancy.due import due
from core.tenancy.errors import NoSuchSpace
from core.tenancy.here import OPERATOR, PUBLIC, here

logger = logging.getLogger(__name__)

# A receipt may overtake the row that says whose it is.
EARLY = 600
TRIES = 3
_OVER = {DeliveryState.PERMANENT, DeliveryState.TECHNICAL, DeliveryState.EXPIRED, DeliveryState.DELIVERED}


class Kind(StrEnum):
    """What a call turned out to be."""

    TAKEN = "taken"
    DOUBLED = "doubled"
    PENDING = "pending"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    STOP = "stop"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the message that the provider calls so; None: nothing yet. TEMPORARY: it gave up, for a reason
    that passes."""

    provider_id: str
    state: DeliveryState | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered; `stop` says that they want no more."""

    number: str
    stop: bool


def hear(provider: str, heard: Receipt | Reply | None) -> Kind:
    """Act on one call, and count it."""
    match heard:
        case Receipt(state=None):
            kind = Kind.PENDING
        case Receipt():
            kind = _take(provider, heard)
        case Reply(stop=True):
            stop(heard.number)
            kind = Kind.STOP
        case Reply():
            kind = Kind.REPLY
        case _:
            kind = Kind.UNREADABLE
    count(provider, kind)
    return kind


def stop(number: str) -> None:
    """Withdraw a number's consents in every commune that writes by SMS: whoever answers the platform's sender cannot
    say which of them they mean, and all are one sender to them."""
    with entered(OPERATOR):
        writing = list(SmsRoute.objects.order_by().values_list("schema_name", flat=True).distinct())
    for schema_name in writing:
        try:
            with enter(schema_name):
                withdraw(number=number, by=STOP)
        except NoSuchSpace:
            continue


def catch_up(taken: Sequence[tuple[str, str]]) -> None:
    """Act on the receipts that came before the provider's answer was written down."""
    known = {_early(provider, provider_id): (provider, provider_id) for provider, provider_id in taken}
    for key, state in (_shared("get_many", list(known)) or {}).items():
        provider, provider_id = known[key]
        hear(provider, Receipt(provider_id, DeliveryState(state)))


def _take(provider: str, receipt: Receipt) -> Kind:
    with entered(OPERATOR):
        routes = SmsRoute.objects.filter(provider=provider, provider_id=receipt.provider_id)
        schema_name = routes.values_list("schema_name", flat=True).first()
    if schema_name is None:
        _shared("set", _early(provider, receipt.provider_id), str(receipt.state), EARLY)
        return Kind.UNKNOWN
    try:
        with enter(schema_name), transaction.atomic():
            return _write(provider, receipt)
    except NoSuchSpace:
        return Kind.UNKNOWN


def _write(provider: str, receipt: Receipt) -> Kind:
    rows = OutgoingSms.objects.filter(provider=provider, provider_id=receipt.provider_id)
    sms = rows.select_for_update().first()
    if sms is None:
        return Kind.UNKNOWN
    late = sms.state in _OVER and receipt.state != DeliveryState.DELIVERED
    if sms.state == receipt.state or late or receipt.state is None:
        return Kind.DOUBLED
    sms.state, sms.done_at, sms.leased_until = receipt.state, timezone.now(), None
    if receipt.state == DeliveryState.TEMPORARY:
        _again(sms)
    sms.save(update_fields=["state", "done_at", "leased_until", "not_before"])
    return Kind.TAKEN


def _again(sms: OutgoingSms) -> None:
    """A telephone that was off is written to again while it is worth it, a few times."""
    later = when_allowed(sms, timezone.now() + wait(sms.attempts + 3))
    if sms.attempts >= TRIES or later >= sms.expires_at:
        sms.state = DeliveryState.EXPIRED
        return
    sms.not_before, sms.done_at = later, None
    due(SMS, later)


def _early(provider: str, provider_id: str) -> str:
    return f"sms:{provider}:early:{provider_id}"


def _shared(what: str, *said: Any) -> Any:
    """The cache's keys are a commune's; this one is everybody's. A cache that is down loses an early receipt."""
    token = here.set(PUBLIC)
    try:
        return getattr(cache, what)(*said)
    except Exception:
        logger.warning("an early SMS receipt is not kept: the cache does not answer", exc_info=True)
        return None
    finally:
        here.reset(token)
