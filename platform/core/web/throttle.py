"""Counting what strangers ask for, so that nobody asks too much."""

import logging
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def too_many(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more `what` of `who`; whether that makes more than `limit` in `seconds`.

    A cache that is down stops nobody.
    """
    key = f"throttle:{what}:{sha256(who.encode()).hexdigest()[:32]}"
    try:
        cache.add(key, 0, seconds)
        return bool(cache.incr(key) > limit)
    except Exception:
        logger.warning("%s is not counted: the cache does not answer", what, exc_info=True)
        return False


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the peer that our own proxy saw last, else the connection's.

    What a client writes in the header itself stands before, and is not believed.
    """
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    return hops[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))
