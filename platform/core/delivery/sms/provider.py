"""What a provider of SMS does for us, whichever it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import urllib3

TIMEOUT = urllib3.Timeout(connect=4, read=10)
LONGEST_WAIT = 3600


class Outcome(StrEnum):
    """What came of handing one over. TEMPORARY: not taken, may be later. PERMANENT: this number never will. TECHNICAL:
    this provider cannot, as it is set or with this text. UNKNOWN: the request left and no answer came, so it may have
    been taken."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    TECHNICAL = "technical"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """One text to one number (E.164). `reference` is ours, 20 letters at most: the same at every try."""

    number: str
    text: str
    reference: str
    minutes_to_live: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`after`: how many seconds the provider asked to be left alone."""

    outcome: Outcome
    provider: str
    provider_id: str = ""
    told: str = ""
    after: int = 0


class Provider(Protocol):
    name: str

    def send(self, pool: urllib3.PoolManager, message: Message) -> Answer:
        """Hand one over. Never raises; may be called by several threads at once."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer, or why there is none."""

    status: int = 0
    said: Any = None
    told: str = ""
    after: int = 0
    may_be_taken: bool = False


def post(pool: urllib3.PoolManager, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Send one request once. A request that could not leave took nothing; one that left without an answer may have."""
    try:
        answer = pool.request("POST", url, body=body, headers=headers, retries=False, redirect=False, timeout=TIMEOUT)
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
        return Reply(told=type(error).__name__)
    except urllib3.exceptions.SSLError as error:
        return Reply(told=type(error).__name__)
    except urllib3.exceptions.HTTPError as error:
        return Reply(told=type(error).__name__, may_be_taken=True)
    try:
        said = json.loads(answer.data)
    except ValueError:
        said = None
    told = f"{answer.status} {answer.data[:200].decode(errors='replace')}".strip()
    return Reply(answer.status, said, told, wait_of(answer.headers))


def wait_of(headers: Mapping[str, str]) -> int:
    """Seconds to wait: the standard's header, or Brevo's."""
    for name in ("Retry-After", "x-sib-ratelimit-reset"):
        value = headers.get(name, "")
        if value.isascii() and value.isdigit():
            return min(int(value[:9]), LONGEST_WAIT)
    return 0


def failure(name: str, reply: Reply) -> Answer | None:
    """What every provider means by a status that is not success, None when it must be asked what it said.

    500, 502 and 504 do not say whether the work was done; 503 and 429 say that it was not begun.
    """
    if not reply.status:
        outcome = Outcome.UNKNOWN if reply.may_be_taken else Outcome.TEMPORARY
        return Answer(outcome, name, told=reply.told)
    if reply.status in {408, 425, 429, 503}:
        return Answer(Outcome.TEMPORARY, name, told=reply.told, after=reply.after)
    if reply.status >= 500:
        return Answer(Outcome.UNKNOWN, name, told=reply.told)
    return None
