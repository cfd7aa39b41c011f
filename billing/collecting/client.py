"""Speaking to Stripe: one client per key, plain dictionaries back."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from billing.collecting.errors import Unavailable

MOST = 100
# The library tells of each call; what matters of it is told here.
logging.getLogger("stripe").setLevel(logging.WARNING)


def offered() -> bool:
    """Whether the operator has Stripe's keys; without them all but online payment works."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def api() -> Any:
    """The services of the API. Raises Unavailable without keys."""
    if not offered():
        raise Unavailable("Stripe has no keys here")
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE).v1


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else {},
        max_network_retries=settings.STRIPE_RETRIES,
        http_client=stripe.RequestsClient(timeout=settings.STRIPE_TIMEOUT),
    )


def plain(found: Any) -> dict[str, Any]:
    """An object as a dictionary: attributes of the library's own are not safe to read by name."""
    whole: dict[str, Any] = found.to_dict()
    return whole


def every(service: Any, **asked: Any) -> Iterator[dict[str, Any]]:
    """All of a list, the newest first, page after page."""
    asked = {**asked, "limit": MOST}
    while True:
        page = plain(service.list(asked))
        yield from page["data"]
        if not page["has_more"]:
            return
        asked["starting_after"] = page["data"][-1]["id"]


def once(key: str) -> dict[str, Any]:
    """Options of a call that is made once, however often it is tried."""
    return {"idempotency_key": f"beffroi-{key}"}
