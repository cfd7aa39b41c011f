"""Giving notifications to their services, many at once over connections that stay open.

No database here: threads run it, and a thread has no commune.
"""

import logging
import os
import time
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self
from uuid import UUID

import urllib3
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.delivery.models import PushState
from core.delivery.push.registering import origin_of
from core.delivery.push.sealing import seal
from core.delivery.push.vapid import authorization, decoded

logger = logging.getLogger(__name__)

THREADS = 16
TIMEOUT = urllib3.Timeout(connect=5, read=10)
READ = 1000  # bytes of an answer that are looked at; a longer one costs its connection
GONE = {404, 410}
LONGEST_ASKED = 24 * 3600
TOGETHER, PATIENCE = 50, 0.2  # outcomes taken at once, and the seconds that the first waits for the others


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: CREATED is one that was given back unsent. `after` is the seconds the service asks."""

    parcel: Parcel
    state: PushState
    error: str = ""
    after: float = 0


class Posters:
    """Threads that hand over what they are given. Left in disorder, they send nothing more."""

    def __init__(self) -> None:
        self._todo: SimpleQueue[Parcel | None] = SimpleQueue()
        self._done: SimpleQueue[Outcome] = SimpleQueue()
        self._threads: list[Thread] = []
        self._stopped = False
        self.in_hand = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped = kind is not None
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def give(self, parcel: Parcel) -> None:
        self.in_hand += 1
        self._todo.put(parcel)
        if len(self._threads) < min(THREADS, self.in_hand):
            thread = Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()

    def take(self) -> list[Outcome]:
        """Some outcomes, as soon as there are; none when nothing is in hand."""
        found: list[Outcome] = []
        end = 0.0
        while self.in_hand and len(found) < TOGETHER:
            try:
                found.append(self._done.get(timeout=max(0.0, end - time.monotonic()) if found else None))
            except Empty:
                break
            self.in_hand -= 1
            end = end or time.monotonic() + PATIENCE
        return found

    def _work(self) -> None:
        while parcel := self._todo.get():
            if self._stopped:
                return
            try:
                outcome = post(parcel)
            except Exception as error:  # whatever it is, it is this parcel's: the others go on
                logger.exception("a notification could not be handed over")
                outcome = Outcome(parcel, PushState.TEMPORARY, type(error).__name__)
            self._done.put(outcome)


def post(parcel: Parcel) -> Outcome:
    """Hand one over. Redirections are not followed: they lead anywhere."""
    left = int((parcel.expires_at - timezone.now()).total_seconds())
    if left <= 0:
        return Outcome(parcel, PushState.EXPIRED)
    if time.monotonic() > parcel.until:
        return Outcome(parcel, PushState.CREATED)  # another worker may hold it soon
    try:
        headers = _headers(parcel, origin_of(parcel.endpoint), left)
        body = seal(parcel.message, p256dh=decoded(parcel.p256dh), auth=decoded(parcel.auth))
        status, said, asked = _answer(parcel.endpoint, body, headers)
    except (ValidationError, ValueError) as error:
        return Outcome(parcel, PushState.TECHNICAL, f"{type(error).__name__}: {error}")
    except urllib3.exceptions.HTTPError as error:
        return Outcome(parcel, PushState.TEMPORARY, type(error).__name__)
    if 200 <= status < 300:
        return Outcome(parcel, PushState.ACCEPTED)
    told = f"{status} {said}".strip()
    if status in GONE:
        return Outcome(parcel, PushState.PERMANENT, told)
    if status == 429 or status >= 500:
        return Outcome(parcel, PushState.TEMPORARY, told, seconds_asked(asked))
    return Outcome(parcel, PushState.TECHNICAL, told)


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


def _answer(endpoint: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
    """Status, the beginning of what is said, and Retry-After. A connection that was closed while it was idle is not
    an answer: one more is opened."""
    try:
        return _asked(endpoint, body, headers)
    except urllib3.exceptions.ProtocolError:
        return _asked(endpoint, body, headers)


def _asked(endpoint: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
    answer = _connections(os.getpid()).request(
        "POST", endpoint, body=body, headers=headers, retries=False, redirect=False, preload_content=False
    )
    said = answer.read(READ + 1, decode_content=False)
    if len(said) > READ:
        answer.close()
    answer.release_conn()
    words = said[:200].decode(errors="replace").replace("\0", "")
    return answer.status, words, answer.headers.get("Retry-After", "")


@cache
def _connections(process: int) -> urllib3.PoolManager:
    """Of this process: a worker that was forked does not share those of its parent."""
    return urllib3.PoolManager(num_pools=50, maxsize=THREADS, timeout=TIMEOUT)
