"""Giving notifications to their services, many at once over connections that stay open.

No database here: threads run it, and a thread has no commune.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, InvalidURL
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.delivery.models import DeliveryState
from core.delivery.push.connections import Connections
from core.delivery.push.hosts import HOSTS
from core.delivery.push.registering import origin_of
from core.delivery.push.sealing import seal
from core.delivery.push.vapid import authorization, decoded

logger = logging.getLogger(__name__)

THREADS = 16
GONE = {404, 410}
LEFT_ALONE = "its service fails, and is left alone for a moment"
LONGEST_ASKED = 24 * 3600


@dataclass(frozen=True, slots=True)
class Parcel:
    """One notification that a worker holds until `lease`; it hands it over before `until`, of the monotonic clock."""

    key: UUID
    lease: datetime
    until: float
    announcement: UUID
    urgent: bool
    expires_at: datetime
    attempts: int
    device: UUID
    endpoint: str
    p256dh: str
    auth: str
    message: bytes
    body: bytes = b""  # sealed already, or empty


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: CREATED is one that was given back unsent. `after` is the seconds the service asks. One
    that was not `tried` waits for a service that is left alone."""

    parcel: Parcel
    state: DeliveryState
    error: str = ""
    after: float = 0
    tried: bool = True


@contextmanager
def poster() -> Iterator[Callable[[Parcel], Outcome]]:
    """A lane with connections of its own."""
    with Connections() as connections:

        def hand_over(parcel: Parcel) -> Outcome:
            try:
                return post(parcel, connections)
            except Exception as error:  # whatever it is, it is this parcel's: the others go on
                logger.exception("a notification could not be handed over")
                return Outcome(parcel, DeliveryState.TEMPORARY, type(error).__name__)

        yield hand_over


def sealed(message: bytes, p256dh: str, auth: str) -> bytes:
    """For one device; empty when it cannot be, and `post` says why. Done before threads have it: their cryptography
    side by side costs twice as much."""
    try:
        return seal(message, p256dh=decoded(p256dh), auth=decoded(auth))
    except ValueError:
        return b""


def post(parcel: Parcel, connections: Connections) -> Outcome:
    """Hand one over."""
    left = int((parcel.expires_at - timezone.now()).total_seconds())
    if left <= 0:
        return Outcome(parcel, DeliveryState.EXPIRED)
    if time.monotonic() > parcel.until:
        return Outcome(parcel, DeliveryState.CREATED)  # another worker may hold it soon
    try:
        origin = origin_of(parcel.endpoint)
        if wait := HOSTS.wait(origin):
            return Outcome(parcel, DeliveryState.TEMPORARY, LEFT_ALONE, wait, tried=False)
        headers = _headers(parcel, origin, left)
        body = parcel.body or seal(parcel.message, p256dh=decoded(parcel.p256dh), auth=decoded(parcel.auth))
        status, said, asked = connections.post(origin, parcel.endpoint, body, headers)
    except (ValidationError, ValueError, InvalidURL) as error:
        return Outcome(parcel, DeliveryState.TECHNICAL, f"{type(error).__name__}: {error}")
    except (OSError, HTTPException) as error:
        HOSTS.failed(origin)
        return Outcome(parcel, DeliveryState.TEMPORARY, type(error).__name__)
    if status == 429 or status >= 500:
        after = seconds_asked(asked)
        HOSTS.failed(origin, after)
        return Outcome(parcel, DeliveryState.TEMPORARY, f"{status} {said}".strip(), after)
    HOSTS.took(origin)
    if 200 <= status < 300:
        return Outcome(parcel, DeliveryState.ACCEPTED)
    told = f"{status} {said}".strip()
    if status in GONE:
        return Outcome(parcel, DeliveryState.PERMANENT, told)
    return Outcome(parcel, DeliveryState.TECHNICAL, told)


def seconds_asked(retry_after: str) -> float:
    """Of a Retry-After, in seconds or as a date; 0 when it is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0
    if moment.tzinfo is None:
        return 0
    return min(max(0.0, (moment - timezone.now()).total_seconds()), LONGEST_ASKED)


def _headers(parcel: Parcel, origin: str, left: int) -> dict[str, str]:
    """`Topic` makes a double sending replace the first on a device that was asleep."""
    return {
        "Authorization": authorization(origin),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(left),
        "Topic": parcel.announcement.hex,
        "Urgency": "high" if parcel.urgent else "normal",
    }
