"""Telling events to the address that was given: signed, tried again, and as badly as one asks."""

import hashlib
import hmac
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from deploy.local.stripe.state import Stripe, Thing

TRIES, PAUSE = 6, 5.0


def signature(body: bytes, secret: str, at: int) -> str:
    """The header Stripe-Signature of https://docs.stripe.com/webhooks#verify-manually."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


def written(event: Thing) -> bytes:
    return json.dumps(event, indent=2).encode()


@dataclass
class Manners:
    """How badly events travel: told twice, out of order, late by so many seconds, or not at all."""

    double: bool = False
    shuffle: bool = False
    delay: float = 0.0
    drop: bool = False


@dataclass
class Teller:
    """A thread that tells what happened. `url` is on this machine: nothing is sent further."""

    stripe: Stripe
    url: str
    secret: str
    manners: Manners = field(default_factory=Manners)
    awake: threading.Event = field(default_factory=threading.Event)
    tried: list[tuple[str, int]] = field(default_factory=list)
    pause: float = PAUSE
    ended: bool = False

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def kick(self) -> None:
        self.awake.set()

    def stop(self) -> None:
        self.ended = True
        self.awake.set()

    def _run(self) -> None:
        again: list[tuple[float, int, Thing]] = []
        while not self.ended:
            soonest = min((when for when, _tries, _event in again), default=time.monotonic() + 3600)
            self.awake.wait(max(0.0, soonest - time.monotonic()))
            self.awake.clear()
            again += [(time.monotonic() + self.manners.delay, 0, each) for each in self._fresh()]
            due = [each for each in again if each[0] <= time.monotonic()]
            again = [each for each in again if each not in due]
            for _when, tries, event in due:
                if not self.tell(event) and tries + 1 < TRIES:
                    again.append((time.monotonic() + self.pause * 2**tries, tries + 1, event))

    def _fresh(self) -> list[Thing]:
        fresh = self.stripe.untold()
        if self.manners.drop:
            return []
        fresh = [each for event in fresh for each in ([event, event] if self.manners.double else [event])]
        if self.manners.shuffle:
            random.shuffle(fresh)
        return fresh

    def tell(self, event: Thing) -> bool:
        """One try; whether it was heard."""
        status = post(self.url, written(event), self.secret)
        self.tried.append((event["id"], status))
        return 200 <= status < 300


def post(url: str, body: bytes, secret: str, clock: Callable[[], float] = time.time) -> int:
    """The status of one call to this machine, and never another; 0 when nobody answers."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not (f".{parts.hostname}".endswith(".localhost") or parts.hostname == "127.0.0.1"):
        return 0
    headers = {"Host": parts.netloc, "Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0"}
    headers["Stripe-Signature"] = signature(body, secret, int(clock()))
    connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=20)
    try:
        connection.request("POST", parts.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
