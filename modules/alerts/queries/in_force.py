"""What is in force now, as every public page shows it: no statement once it is known."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils import timezone

from core.catalogue import Banner
from core.web.french import until
from modules.alerts.models import DRILL, Alert, AlertMessage, Severity
from modules.alerts.models.alerts import Alerts

if TYPE_CHECKING:
    from tenants.sites import Site

_KEPT: Final = "alerts.in_force"
_TOLD: Final = "alerts.told"
MOST: Final = 20
REMEMBERED: Final = 60  # seconds
_GRAVEST_FIRST: Final = tuple(reversed(Severity.values))


@dataclass(frozen=True, slots=True)
class InForce:
    """An alert in force, as it was told."""

    tag: str
    tone: str
    drill: bool
    headline: str
    instruction: str
    url: str
    ends_at: datetime

    def banner(self) -> Banner:
        first, rest = _first_sentence(self.instruction)
        return Banner(
            tone=self.tone,
            label=f"{self.tag} · {self.headline}",
            title=f"{DRILL} · {first}" if self.drill else first,
            text=rest,
            until=until(self.ends_at),
            url=self.url,
        )


def in_force(site: "Site") -> list[InForce]:
    """The gravest first, then the newest. Read once for each version of the space: whatever tells of an alert changes
    that version, and the end of an alert is looked at here, at each page."""
    space = site.space
    if space is None:
        return []
    if _KEPT not in space.kept:
        space.kept[_KEPT] = [shown(alert) for alert in gravest_first(live())]
    now = timezone.now()
    return [each for each in space.kept[_KEPT] if each.ends_at > now]


Told = tuple[Alert, list[AlertMessage]]


def as_told(site: "Site", key: UUID) -> Told | None:
    """A public alert with its messages, the last first. The last ones that were asked for are remembered for a minute,
    and for one version of the space: thousands open one at once."""
    kept = site.space.kept.setdefault(_TOLD, {}) if site.space else {}
    known = kept.get(key)
    if known and time.monotonic() - known[1] < REMEMBERED:
        found: Told = known[0]
        return found
    alert = Alert.objects.public().whole().filter(pk=key).first()
    if alert is None:
        return None
    while len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
    told = (alert, list(alert.messages.told().order_by("-number")))
    kept[key] = (told, time.monotonic())
    return told


def live() -> Alerts:
    found: Alerts = Alert.objects.in_force(timezone.now()).order_by("-sent_at")[:MOST]
    return found


def gravest_first(alerts: Iterable[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda alert: (alert.drill, _GRAVEST_FIRST.index(alert.severity)))


def shown(alert: Alert) -> InForce:
    return InForce(
        tag=alert.tag,
        tone=alert.level.tone,
        drill=alert.drill,
        headline=alert.headline,
        instruction=alert.instruction,
        url=alert.get_absolute_url(),
        ends_at=alert.ends_at,
    )


def _first_sentence(text: str) -> tuple[str, str]:
    """What to do first, and the rest."""
    line, _break, below = text.partition("\n")
    first, stop, rest = line.partition(". ")
    return f"{first}{stop.strip()}", f"{rest} {below}".strip()
