"""How far the telling of one thing has come, per channel."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.delivery.models import HELD, Announcement, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms

PACE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recipients of one channel are in each state; each recipient is in one."""

    created: int = 0
    sending: int = 0
    accepted: int = 0
    delivered: int = 0
    displayed: int = 0
    temporary: int = 0
    permanent: int = 0
    technical: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        return self.left + self.reached + self.failed

    @property
    def left(self) -> int:
        """Still to be sent, or sent again."""
        return self.created + self.sending + self.temporary

    @property
    def reached(self) -> int:
        """Taken by the service in charge, as far as is known."""
        return self.accepted + self.delivered + self.displayed

    @property
    def failed(self) -> int:
        return self.permanent + self.technical + self.expired


_FEMININE = (_("affichées"), _("reçues"), _("transmises"), _("à réessayer"), _("en échec"), _("pas parties"))
_MASCULINE = (_("affichés"), _("reçus"), _("transmis"), _("à réessayer"), _("en échec"), _("pas partis"))


@dataclass(frozen=True, slots=True)
class Part:
    """One channel, in words; a notification is feminine."""

    label: str
    counts: Counts
    feminine: bool = False

    @property
    def details(self) -> list[tuple[str, int]]:
        """What came of those that left, and what is tried again, without what is nought."""
        words, counts = _FEMININE if self.feminine else _MASCULINE, self.counts
        failed = counts.permanent + counts.technical
        said = (counts.displayed, counts.delivered, counts.accepted, counts.temporary, failed, counts.expired)
        return [(str(word), count) for word, count in zip(words, said, strict=True) if count]

    @property
    def done(self) -> int:
        return self.counts.total - self.counts.left


@dataclass(frozen=True, slots=True)
class Progress:
    """`seconds_left` is counted from the pace of the last minute, None when nothing left in it."""

    push: Counts
    email: Counts
    sms: Counts = Counts()
    seconds_left: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether every recipient has their final state."""
        return not self.left

    @property
    def left(self) -> int:
        return self.push.left + self.email.left + self.sms.left

    @property
    def total(self) -> int:
        return self.push.total + self.email.total + self.sms.total

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def parts(self) -> list[Part]:
        """The channels that somebody is told by."""
        found = (
            Part(str(_("Notifications")), self.push, feminine=True),
            Part(str(_("E-mails")), self.email),
            Part(str(_("SMS")), self.sms),
        )
        return [part for part in found if part.counts.total]

    @property
    def time_left(self) -> str:
        """In words, empty when it is not known."""
        if self.seconds_left is None:
            return ""
        if self.seconds_left < 60:
            return str(_("moins d’une minute"))
        minutes = ceil(self.seconds_left / 60)
        return ngettext("%(count)s minute environ", "%(count)s minutes environ", minutes) % {"count": minutes}


@dataclass(frozen=True, slots=True)
class _Channel:
    """`ready` may leave now, the others not before `latest`; `recent` were settled in the last minute."""

    counts: Counts
    ready: int
    recent: int
    latest: datetime | None

    def seconds_left(self, now: datetime) -> float | None:
        waits = (self.latest - now).total_seconds() if self.latest and self.latest > now else 0
        if not self.ready:
            return waits
        return max(waits, self.ready * PACE.total_seconds() / self.recent) if self.recent else None


def progress(announcement: Announcement) -> Progress:
    """One statement a channel. An e-mail that is held waits like the others."""
    now = timezone.now()
    push = _channel(OutgoingPush.objects.filter(announcement=announcement), now)
    email = _channel(OutgoingEmail.objects.filter(announcement=announcement), now)
    sms = _channel(OutgoingSms.objects.filter(announcement=announcement), now)
    return Progress(push.counts, email.counts, sms.counts, _seconds_left((push, email, sms), now))


def _seconds_left(channels: Sequence[_Channel], now: datetime) -> int | None:
    """The slowest channel's; they run side by side."""
    left = [each.seconds_left(now) for each in channels if each.counts.left]
    known = [seconds for seconds in left if seconds is not None]
    return ceil(max(known)) if known and len(known) == len(left) else None


def _channel(rows: QuerySet[Any], now: datetime) -> _Channel:
    by_state = rows.order_by().values_list("state").annotate(
        count=Count("pk"),
        ready=Count("pk", filter=Q(done_at__isnull=True, not_before__lte=now)),
        recent=Count("pk", filter=Q(done_at__gt=now - PACE)),
        latest=Max("not_before", filter=Q(done_at__isnull=True)),
    )  # fmt: skip
    counts, ready, recent, latest = Counter[str](), 0, 0, None
    for state, *found in by_state:
        counts[DeliveryState.CREATED if state == HELD else state] += found[0]
        ready, recent = ready + found[1], recent + found[2]
        latest = max((moment for moment in (latest, found[3]) if moment), default=None)
    return _Channel(Counts(**counts), ready, recent, latest)
