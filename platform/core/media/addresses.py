"""The address of a file: on the commune's own host, or signed on the media host where there is one.

A signed address says until when it is good, by whole days: it is the same all day, so that browsers and a cache in
front keep the file, and it is over one to two days later. See docs/adr/0003.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from core.media.models import Asset

_KEPT_HERE: Final = ".vtt"  # a browser takes captions from the page's own origin
_DAYS: Final = 2


def address(asset: "Asset", name: str) -> str:
    if not settings.MEDIA_HOST or name.endswith(_KEPT_HERE):
        return reverse("media", args=[asset.pk, name])
    path = f"/{asset.prefix}/{name}"
    called = "" if asset.is_picture or not name.startswith(asset.kind) else asset.original_name
    until = _today() + _DAYS
    query = urlencode({"until": until, "name": called, "sign": _signature(path, until, called)})
    return f"{settings.SCHEME}://{settings.MEDIA_HOST}{path}?{query}"


def seconds_left(path: str, until: str, called: str, signature: str) -> int:
    """How long a signed address is still good, 0 when it is over or not ours."""
    if not (until.isascii() and until.isdigit() and len(until) < 8):
        return 0
    if not constant_time_compare(signature, _signature(path, int(until), called)):
        return 0
    end = datetime.fromordinal(int(until)).replace(tzinfo=UTC)
    return max(0, int((end - datetime.now(UTC)) / timedelta(seconds=1)))


def _signature(path: str, until: int, called: str) -> str:
    return Signer(salt="core.media.addresses").signature(f"{path}\n{until}\n{called}")


def _today() -> int:
    return datetime.now(UTC).date().toordinal()
