"""What became of the messages of an alert."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from core.delivery.models import Announcement, OutgoingEmail, OutgoingPush, OutgoingSms
from modules.alerts.models import SETTLED, AlertMessage, Outcomes
from modules.alerts.queries.outcomes import EMAIL, LABELS, PUSH, SMS, told_by
from modules.alerts.queries.told import TOPIC

Outgoing = type[OutgoingPush] | type[OutgoingEmail] | type[OutgoingSms]
Counts = Mapping[UUID, Mapping[str, int]]
_ROWS: Mapping[str, Outgoing] = {PUSH: OutgoingPush, SMS: OutgoingSms, EMAIL: OutgoingEmail}


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of one channel were told, and how many of them are in each state, by its French name. `forgotten` were
    told, and asked to be erased since."""

    channel: str
    told: int
    states: tuple[tuple[str, int], ...]

    @property
    def label(self) -> str:
        return {PUSH: _("Notifications"), SMS: _("SMS"), EMAIL: _("E-mails")}[self.channel]

    @property
    def forgotten(self) -> int:
        return max(0, self.told - sum(count for _label, count in self.states))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message; `outcomes` is its final report, once it is there; `is_kept`: its list of
    recipients can be had."""

    message: AlertMessage
    announcement: Announcement | None
    channels: tuple[Reached, ...]
    outcomes: Outcomes | None
    is_kept: bool

    @property
    def final_at(self) -> datetime:
        return self.message.at + SETTLED


def told(messages: Iterable[AlertMessage]) -> list[Told]:
    """In one statement for the announcements, one for the reports and one a channel, however many messages there are.
    What is final is as the log says it."""
    kept = list(messages)
    found = Announcement.objects.filter(topic=TOPIC, key__in=[each.pk for each in kept])
    rows = {each.key: each for each in found}
    sealed = Outcomes.objects.filter(message__in=kept).select_related("report").defer("packed")
    reports = {each.message_id: each for each in sealed}
    gone = set(sealed.filter(packed__isnull=True).values_list("message", flat=True)) if reports else set()
    counts = {channel: _by_state(model, [each.pk for each in rows.values()]) for channel, model in _ROWS.items()}
    return [
        Told(
            message,
            row := rows.get(message.pk),
            _channels(row, report := reports.get(message.pk), counts),
            report,
            message.pk not in gone,
        )
        for message in kept
    ]


def _channels(row: Announcement | None, report: Outcomes | None, counts: Mapping[str, Counts]) -> tuple[Reached, ...]:
    if report:
        said = report.report.content
        sums, states = said.get("told", {}), said.get("states", {})
    else:
        sums = told_by(row)
        states = {channel: counts[channel].get(row.pk, {}) for channel in _ROWS} if row else {}
    return tuple(Reached(channel, sums.get(channel, 0), _worded(states.get(channel, {}))) for channel in _ROWS)


def _by_state(model: Outgoing, announcements: list[UUID]) -> Counts:
    found = model._default_manager.filter(announcement__in=announcements).order_by()
    sums: dict[UUID, dict[str, int]] = {}
    for announcement, state, count in found.values_list("announcement", "state").annotate(count=Count("pk")):
        sums.setdefault(announcement, {})[state] = count
    return sums


def _worded(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """In the order of the states."""
    return tuple((label, counts[value]) for value, label in LABELS.items() if value in counts)
