"""Counting a reading, and reading the sums. Models are imported late: this is read before they exist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from core.readership.gathering import count
from core.tenancy.here import current

PARAMETER = "de"


class Channel(models.TextChoices):
    """By which of our links somebody came; anything else is direct."""

    DIRECT = "direct", "dans l’application"
    PUSH = "push", "par notification"
    MAIL = "mail", "par e-mail"
    QR = "qr", "par code QR"
    FEED = "flux", "par flux"


@dataclass(slots=True)
class Readings:
    """How often one thing was opened: in all, by way in, and by day."""

    total: int = 0
    by_channel: dict[Channel, int] = field(default_factory=dict)
    by_day: dict[date, int] = field(default_factory=dict)


def opened(request: HttpRequest, kind: str, key: UUID) -> None:
    """Count a reading of a public page, in one statement at most. Neither staff nor what is fetched ahead counts."""
    user: Any = getattr(request, "user", None)
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    if request.method != "GET" or "prefetch" in ahead or (user and user.is_authenticated and user.is_staff_member):
        return
    said = request.GET.get(PARAMETER, "")
    channel = said if said in Channel.values else Channel.DIRECT.value
    count((current().schema_name, kind, key, timezone.localdate(), channel))


def readings(kind: str, keys: Iterable[UUID]) -> Mapping[UUID, Readings]:
    """The sums of these things, in one statement; who was never read has zeros."""
    from core.readership.models import Reading

    found = {key: Readings() for key in keys}
    rows = Reading.objects.filter(kind=kind, key__in=list(found)).order_by("day", "channel")
    for key, day, name, times in rows.values_list("key", "day", "channel", "count"):
        sums, channel = found[key], Channel(name)
        sums.total += times
        sums.by_channel[channel] = sums.by_channel.get(channel, 0) + times
        sums.by_day[day] = sums.by_day.get(day, 0) + times
    return found


def totals(kind: str, keys: Iterable[UUID]) -> Mapping[UUID, int]:
    """How often each of these was opened in all, in one statement."""
    from core.readership.models import Reading

    asked = list(keys)
    found = Reading.objects.filter(kind=kind, key__in=asked).order_by().values_list("key")
    return dict.fromkeys(asked, 0) | dict(found.annotate(models.Sum("count")))


def with_channel(url: str, channel: Channel) -> str:
    """An address of ours that tells by which link it was opened."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode({PARAMETER: channel.value})) if part)
    return urlunsplit(parts._replace(query=query))
