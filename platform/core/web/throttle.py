"""Counting what strangers ask for, so that nobody asks too much."""

import logging
import time
from contextvars import ContextVar
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)
# How many seconds are left of the longest limit that this request has reached: a refusal says it in Retry-After.
wait: ContextVar[int] = ContextVar("wait", default=0)


def too_many(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more `what` of `who`; whether that makes more than `limit` in `seconds`.

    A cache that is down stops nobody.
    """
    key = f"throttle:{what}:{sha256(who.encode()).hexdigest()[:32]}"
    try:
        if cache.add(key, 0, seconds):
            cache.set(f"{key}:end", time.time() + seconds, seconds)
        if cache.incr(key) <= limit:
            return False
        end = cache.get(f"{key}:end") or time.time() + seconds
    except Exception:
        logger.warning("%s is not counted: the cache does not answer", what, exc_info=True)
        return False
    wait.set(max(wait.get(), ceil(end - time.time()), 1))
    return True


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: what the outermost of our own proxies saw, else the connection's peer.

    Each proxy adds whom it heard at the end of the header. What stands before our own proxies' words was typed by the
    client and is not believed; without a proxy of ours, nothing of it is.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    hops = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if each.strip()]
    return hops[-min(proxies, len(hops))] if proxies > 0 and hops else peer
