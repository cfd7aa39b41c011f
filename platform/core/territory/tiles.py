"""Map tiles of the commune, fetched for its visitors from the one source that the settings name, and kept."""

import logging
import math
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.core.cache import cache

from core.territory.geometry import Box
from core.web.throttle import too_many

ZOOMS = range(9, 19)
MARGIN = 1
LARGEST = 256 * 1024
TIMEOUT = 3.0
WEEK = 7 * 24 * 3600
PAUSE = 30
PER_MINUTE = 300
AGENT = "Beffroi (https://{domain}/)"
_PNG, _RIFF, _WEBP = b"\x89PNG\r\n\x1a\n", b"RIFF", b"WEBP"

logger = logging.getLogger(__name__)


class TooMany(Exception):
    """This visitor has asked for enough tiles."""


@dataclass(frozen=True, slots=True)
class Tile:
    content: bytes

    @property
    def content_type(self) -> str:
        return "image/png" if self.content.startswith(_PNG) else "image/webp"


class _NoRedirect(HTTPRedirectHandler):
    """A source that sends elsewhere is not followed: it could send inside our own network."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: OpenerDirector = build_opener(_NoRedirect())


def covers(box: Box, zoom: int, x: int, y: int) -> bool:
    """Whether a tile is near what a map of these bounds shows."""
    if zoom not in ZOOMS:
        return False
    left, top = tile_at(box.north, box.west, zoom)
    right, bottom = tile_at(box.south, box.east, zoom)
    side = 1 << zoom
    return max(0, left - MARGIN) <= x <= min(side - 1, right + MARGIN) and max(0, top - MARGIN) <= y <= min(
        side - 1, bottom + MARGIN
    )


def tile_at(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a point, in the Web Mercator grid."""
    side = 1 << zoom
    bounded = math.radians(max(-85.05, min(85.05, latitude)))
    x = int((longitude + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(bounded)) / math.pi) / 2 * side)
    return min(max(x, 0), side - 1), min(max(y, 0), side - 1)


def tile(zoom: int, x: int, y: int, *, visitor: str) -> Tile | None:
    """The kept tile, else the source's; None when there is none to be had now. Raises TooMany.

    A source that fails is left alone for half a minute, so that no page waits for it again and again.
    """
    key = f"tile:{zoom}:{x}:{y}"
    try:
        found = cache.get_many([key, "tiles:pause"])
    except Exception:  # without a cache every look at a map would go to the source
        logger.warning("no tiles: the cache does not answer", exc_info=True)
        return None
    if key in found:
        return Tile(found[key])
    if "tiles:pause" in found or not settings.TILE_SOURCE:
        return None
    if too_many("tiles", visitor, limit=PER_MINUTE, seconds=60):
        raise TooMany
    content = _fetched(settings.TILE_SOURCE.format(z=zoom, x=x, y=y))
    if content is None:
        _keep("tiles:pause", True, PAUSE)
        return None
    _keep(key, content, WEEK)
    return Tile(content)


def _keep(key: str, value: bytes | bool, seconds: int) -> None:
    try:
        cache.set(key, value, seconds)
    except Exception:
        logger.warning("a tile is not kept: the cache does not answer", exc_info=True)


def _fetched(address: str) -> bytes | None:
    agent = AGENT.format(domain=settings.BASE_DOMAIN)
    request = Request(address, headers={"User-Agent": agent})  # noqa: S310 - the address is our settings' own
    deadline = time.monotonic() + TIMEOUT
    content = b""
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            while part := answer.read1(65_536):
                content += part
                if len(content) > LARGEST or time.monotonic() > deadline:
                    logger.warning("the source of tiles is too slow, or its tile too large")
                    return None
            whole = not answer.length
    except (OSError, ValueError, HTTPException) as error:
        logger.warning("the source of tiles does not answer: %s", error)
        return None
    if whole and (content.startswith(_PNG) or (content.startswith(_RIFF) and content[8:12] == _WEBP)):
        return content
    logger.warning("the source of tiles answers something else than a whole picture")
    return None
