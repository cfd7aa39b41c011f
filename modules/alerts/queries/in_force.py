"""What is in force now, as every public page shows it: no statement once it is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from core.catalogue import Banner
from core.web.french import until
from modules.alerts.models import DRILL, Alert, Severity
from modules.alerts.models.alerts import Alerts

if TYPE_CHECKING:
    from tenants.sites import Site

_KEPT: Final = "alerts.in_force"
MOST: Final = 20
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
