"""Asking Météo-France for its map of vigilance."""

import time
from typing import Final

import urllib3
from django.conf import settings

from modules.alerts.queries.vigilance import MOST_BYTES, Unreadable

_TIMEOUT: Final = urllib3.Timeout(connect=5, read=15)
_CHUNK: Final = 65_536
MOST_SECONDS = 60.0


def fetched_map() -> bytes:
    """The map in force. Raises Unreadable with what was answered instead."""
    headers = {"apikey": settings.VIGILANCE_API_KEY, "Accept": "application/json"}
    try:
        with urllib3.PoolManager(retries=False, timeout=_TIMEOUT) as pool:
            answer = pool.request(
                "GET", settings.VIGILANCE_ENDPOINT, headers=headers, redirect=False, preload_content=False
            )
            if answer.status != 200:
                raise Unreadable(f"answered {answer.status}")
            return _whole(answer)
    except urllib3.exceptions.HTTPError as error:
        raise Unreadable(f"no answer: {type(error).__name__}") from error


def _whole(answer: urllib3.BaseHTTPResponse) -> bytes:
    """What it says, unless it says too much or takes too long over it."""
    until, body = time.monotonic() + MOST_SECONDS, bytearray()
    while chunk := answer.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unreadable("answered more than a map can be")
        if time.monotonic() > until:
            raise Unreadable("took too long to answer")
    return bytes(body)
