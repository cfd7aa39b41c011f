"""A video of another site, known by the address that somebody pasted. Nothing is fetched."""

import re
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.models import ExternalVideo, VideoProvider

_YOUTUBE: Final = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"})
_YOUTUBE_KEY: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH: Final = re.compile(r"/(?:embed|shorts|live|v)/([A-Za-z0-9_-]{11})/?")
_PEERTUBE_PATH: Final = re.compile(
    r"/(?:w|videos/watch|videos/embed)/"
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{20,22})/?"
)
_HOST: Final = re.compile(r"(?=.{4,120}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_NOT_A_VIDEO: Final = _("Collez l’adresse d’une vidéo YouTube ou PeerTube, comme https://www.youtube.com/watch?v=…")


def read_address(text: str, title: str = "") -> ExternalVideo:
    """The video at this address, unsaved. Raises ValidationError with a sentence for whoever pasted it."""
    words = text.strip()
    try:
        address = urlsplit(words if "://" in words else f"https://{words}")
        host, port, query = (address.hostname or "").rstrip("."), address.port, parse_qs(address.query)
    except ValueError as error:
        raise ValidationError(_NOT_A_VIDEO, code="not_a_video") from error
    if address.scheme not in {"http", "https"} or port or address.username or not _is_public(host):
        raise ValidationError(_NOT_A_VIDEO, code="not_a_video")
    if host in _YOUTUBE:
        provider, host, key = VideoProvider.YOUTUBE, "www.youtube.com", _youtube_key(host, address.path, query)
    else:
        found = _PEERTUBE_PATH.fullmatch(address.path)
        provider, key = VideoProvider.PEERTUBE, found[1] if found else ""
    if not key:
        raise ValidationError(_NOT_A_VIDEO, code="not_a_video")
    return ExternalVideo(provider=provider, host=host, key=key, title=" ".join(title.split())[:120])


def _youtube_key(host: str, path: str, query: dict[str, list[str]]) -> str:
    if host == "youtu.be":
        key = path.strip("/")
    elif path == "/watch":
        key = query.get("v", [""])[0]
    else:
        found = _YOUTUBE_PATH.fullmatch(path)
        key = found[1] if found else ""
    return key if _YOUTUBE_KEY.fullmatch(key) else ""


def _is_public(host: str) -> bool:
    """A name of the public internet, and not one of ours."""
    if not _HOST.fullmatch(host) or host.endswith((".localhost", ".local", ".internal", ".arpa")):
        return False
    try:
        ip_address(host)
    except ValueError:
        return host != settings.BASE_DOMAIN and not host.endswith(f".{settings.BASE_DOMAIN}")
    return False


class ExternalVideoField(forms.CharField):
    """Cleans to an unsaved `ExternalVideo`, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 300, **options})

    def clean(self, value: Any) -> ExternalVideo | None:
        text = super().clean(value)
        return read_address(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return value.page if isinstance(value, ExternalVideo) else value
