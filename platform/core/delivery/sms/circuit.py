"""Which provider goes first: one that fails or drags is passed over for a minute, one that asked to be left alone is.

Kept in the shared cache for all communes at once; a cache that is down puts nobody aside.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.core.cache import cache

from core.delivery.sms.provider import Answer, Outcome, Provider
from core.tenancy.here import PUBLIC, here

logger = logging.getLogger(__name__)

FAILURES, ASIDE = 3, 60
# Seconds after which an answer counts as a failure, though it came.
SLOW = 6.0
# What a provider asks to wait is waited for on the spot when it is no longer than this.
PATIENCE = 5
_BAD = {Outcome.TEMPORARY, Outcome.TECHNICAL, Outcome.UNKNOWN}


def in_order(providers: Sequence[Provider]) -> list[Provider]:
    """Those that may be asked now, the best first. One that failed is asked last rather than not at all."""
    free = [each for each in providers if not held(each.name)]
    return sorted(free, key=lambda each: is_aside(each.name))


def is_aside(name: str) -> bool:
    """Whether it failed lately, and is asked last for a minute."""
    return bool(_cached(lambda: cache.get(_key(name, "aside"))))


def held(name: str) -> int:
    """How many seconds this provider still asks to be left alone."""
    until = _cached(lambda: cache.get(_key(name, "held"))) or 0
    return max(0, round(until - time.time()))


def note(answer: Answer, seconds: float) -> None:
    """Learn from one answer."""
    name = answer.provider
    if answer.after > PATIENCE:
        _cached(lambda: cache.set(_key(name, "held"), time.time() + answer.after, answer.after))
        return
    if answer.told.startswith("429"):
        return  # it works, and says that we hurry
    if answer.outcome in _BAD or seconds > SLOW:
        _cached(lambda: _failed(name))
    else:
        _cached(lambda: cache.delete_many([_key(name, "failures"), _key(name, "aside")]))


def _failed(name: str) -> None:
    counted = _key(name, "failures")
    cache.add(counted, 0, ASIDE)
    if cache.incr(counted) >= FAILURES:
        cache.set(_key(name, "aside"), 1, ASIDE)
        logger.warning("SMS provider %s is put aside for %s s", name, ASIDE)


def _key(name: str, what: str) -> str:
    return f"sms:{name}:{what}"


def _cached(do: Callable[[], Any]) -> Any:
    """The cache's keys are a commune's; these are everybody's."""
    token = here.set(PUBLIC)
    try:
        return do()
    except Exception:
        logger.warning("SMS providers are not watched: the cache does not answer", exc_info=True)
        return None
    finally:
        here.reset(token)
