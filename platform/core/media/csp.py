"""The one page that shows another site's video may frame it; no other page may."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase

from core.media.models import ExternalVideo


def allow_frames(response: HttpResponseBase, hosts: Iterable[str]) -> HttpResponseBase:
    """Let this page frame these hosts, over https."""
    allowed = sorted({f"https://{host}" for host in hosts})
    if allowed:
        answer: Any = response
        answer._csp_update = {**getattr(response, "_csp_update", {}), "frame-src": allowed}
    return response


def hosts_of(videos: Iterable[ExternalVideo]) -> list[str]:
    return [video.frame_host for video in videos]
