"""What this Stripe holds, in memory: objects by id, events, and the answers that idempotency keys give again."""

import json
import random
import string
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from deploy.local.stripe.errors import Refused, missing

VERSION = "2026-10-28.endive"
LETTERS = string.ascii_letters + string.digits
PREFIXES = {
    "customer": "cus", "product": "prod", "price": "price", "subscription": "sub", "subscription_item": "si",
    "invoice": "in", "invoiceitem": "ii", "line_item": "il", "invoice_payment": "inpay", "payment_intent": "pi",
    "payment_method": "pm", "setup_intent": "seti", "mandate": "mandate", "charge": "py", "refund": "re",
    "dispute": "du", "checkout.session": "cs_test", "billing_portal.session": "bps", "event": "evt",
}  # fmt: skip
MOST = 100

Thing = dict[str, Any]


@dataclass
class Stripe:
    """`now` is its clock; `origin` is where it answers, for the addresses of its pages. `trouble` says of a request
    whether the line breaks "before" it is heard or "after" it is done."""

    secret_key: str = "sk_test_demo"  # noqa: S105
    origin: str = "http://localhost:8027"
    now: Callable[[], float] = time.time
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    held: dict[str, Thing] = field(default_factory=dict)
    answers: dict[str, tuple[str, int, Any]] = field(default_factory=dict)
    events: list[Thing] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    request: dict[str, Any] = field(default_factory=dict)
    trouble: Callable[[str, str], str] = lambda method, url: ""
    told: int = 0

    def reset(self) -> None:
        with self.lock:
            self.held.clear()
            self.answers.clear()
            self.events.clear()
            self.told = 0

    def save(self, path: Path) -> None:
        """Keep the objects in a file, whole or not at all."""
        with self.lock:
            said = json.dumps({"held": self.held, "events": self.events, "told": self.told})
        fresh = path.with_suffix(".new")
        fresh.write_text(said)
        fresh.replace(path)

    def load(self, path: Path) -> None:
        if path.exists():
            said = json.loads(path.read_text())
            self.held, self.events, self.told = said["held"], said["events"], said["told"]

    def name(self, kind: str) -> str:
        return f"{PREFIXES[kind]}_{''.join(self.chance.choices(LETTERS, k=24))}"

    def moment(self) -> int:
        return int(self.now())

    def make(self, kind: str, identifier: str = "", /, **facts: Any) -> Thing:
        """Keep a new object. Its id is drawn unless the caller gives one, as products may have."""
        identifier = identifier or self.name(kind)
        thing = {"id": identifier, "object": kind, "created": self.moment(), "livemode": False, **facts}
        self.held[identifier] = thing
        return thing

    def get(self, kind: str, identifier: Any) -> Thing:
        found = self.held.get(identifier) if isinstance(identifier, str) else None
        if found is None or found["object"] != kind:
            raise missing(kind.replace("_", " "), str(identifier))
        return found

    def living(self, kind: str, identifier: Any) -> Thing:
        """Raises Refused for what was deleted too: it can be read still, and used no more."""
        found = self.get(kind, identifier)
        if found.get("deleted"):
            raise missing(kind.replace("_", " "), str(identifier))
        return found

    def all(self, kind: str, **facts: Any) -> Iterator[Thing]:
        """Objects of a kind with these facts, the oldest first."""
        for thing in self.held.values():
            if thing["object"] == kind and all(thing.get(name) == value for name, value in facts.items()):
                yield thing

    def event(self, kind: str, thing: Thing) -> None:
        """Write down that something became of an object, as it is now."""
        self.events.append(
            {
                "id": self.name("event"),
                "object": "event",
                "api_version": VERSION,
                "created": self.moment(),
                "data": {"object": json.loads(json.dumps(thing))},
                "livemode": False,
                "pending_webhooks": 1,
                "request": dict(self.request) or {"id": None, "idempotency_key": None},
                "type": kind,
            }
        )

    def untold(self) -> list[Thing]:
        """The events since this was asked last."""
        with self.lock:
            fresh, self.told = self.events[self.told :], len(self.events)
        return fresh


def listed(things: list[Thing], given: dict[str, Any], url: str) -> Thing:
    """A page of a list, the newest first, as `limit`, `starting_after` and `created[gte]` ask."""
    since = given.get("created", {})
    if isinstance(since, dict) and "gte" in since:
        things = [thing for thing in things if thing["created"] >= int(since["gte"])]
    things = things[::-1]
    if after := given.get("starting_after"):
        names = [thing["id"] for thing in things]
        if after not in names:
            raise missing("object", str(after))
        things = things[names.index(after) + 1 :]
    limit = int(given.get("limit", 10))
    if not 1 <= limit <= MOST:
        raise Refused("This value must be between 1 and 100.", param="limit", code="parameter_invalid_integer")
    return {"object": "list", "url": url, "has_more": len(things) > limit, "data": things[:limit]}


def page(things: list[Thing], url: str) -> Thing:
    """A list inside an object."""
    return {"object": "list", "data": things, "has_more": False, "url": url}


def merged(before: dict[str, str] | None, given: Any) -> dict[str, str]:
    """Metadata after an update: an empty value takes its key away, an empty whole takes all."""
    if given == "":
        return {}
    if not isinstance(given, dict):
        return dict(before or {})
    whole = {**(before or {}), **given}
    return {key: str(value) for key, value in whole.items() if value != ""}
