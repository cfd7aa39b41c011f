"""Asking Météo-France for its map of vigilance."""

from typing import Final

import urllib3
from django.conf import settings

from modules.alerts.queries.vigilance import MOST_BYTES, Unreadable

_TIMEOUT: Final = urllib3.Timeout(connect=5, read=15)


def fetched_map() -> bytes:
    """The map in force. Raises Unreadable with what was answered instead."""
    try:
        with urllib3.PoolManager(retries=False, timeout=_TIMEOUT) as pool:
            answer = pool.request(
                "GET",
                settings.VIGILANCE_ENDPOINT,
                headers={"apikey": settings.VIGILANCE_API_KEY, "Accept": "application/json"},
                redirect=False,
                preload_content=False,
            )
            body: bytes = answer.read(MOST_BYTES + 1, decode_content=True)
    except urllib3.exceptions.HTTPError as error:
        raise Unreadable(f"no answer: {type(error).__name__}") from error
    if answer.status != 200:
        raise Unreadable(f"answered {answer.status}")
    if len(body) > MOST_BYTES:
        raise Unreadable("answered more than a map can be")
    return body
