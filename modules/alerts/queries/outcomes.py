"""What became of one message for each who was to receive it: a line each, that names nobody in full."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.delivery.calling_off import CALLED_OFF
from core.delivery.models import HELD, Announcement, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms
from core.delivery.push.receipts import SHOWN
from core.web.spreadsheet import table
from modules.alerts.models import AlertMessage, seal_of
from modules.alerts.queries.told import TOPIC

PUSH, SMS, EMAIL, DECISION = "notification", "SMS", "e-mail", "décision"
HEAD: Final = ("Canal", "Ligne", "Destinataire", "Sceau", "État", "Le", "Essais", "Motif")
LABELS: Final[Mapping[str, str]] = {
    **{value: str(label) for value, label in DeliveryState.choices},
    HELD: "retenu",
}
_ADDRESS: Final = re.compile(r"[^\s<>@]+@[^\s<>@,;:]+|\+?\d[\d .]{7,}\d")
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient. `seal` is of their whole address: who has it computes it again from `row`."""

    channel: str
    row: str
    recipient: str
    seal: str
    state: str
    at: str
    tries: int
    why: str

    @property
    def cells(self) -> tuple[Any, ...]:
        label = LABELS.get(self.state, self.state)
        return (self.channel, self.row, self.recipient, self.seal, label, self.at, self.tries, self.why)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message until now: its lines, and how many of each channel are in each state."""

    lines: tuple[Line, ...]
    told: dict[str, int]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        return {
            channel: dict(sorted(Counter(line.state for line in self.lines if line.channel == channel).items()))
            for channel in (PUSH, SMS, EMAIL)
        }


def outcome_of(message: AlertMessage) -> Outcome:
    announcement = Announcement.objects.filter(topic=TOPIC, key=message.pk).first()
    if announcement is None:
        return Outcome((), {})
    lines = (*_pushes(announcement), *_texts(announcement), *_emails(announcement))
    return Outcome(lines, told_by(announcement))


def told_by(announcement: Announcement | None) -> dict[str, int]:
    """How many were to be told by each channel."""
    if announcement is None:
        return {}
    return {PUSH: announcement.push, SMS: announcement.sms, EMAIL: announcement.email}


def file_of(message: AlertMessage, lines: Iterable[Line]) -> str:
    """The decision, then a line for each who was to receive it."""
    decision = (
        DECISION,
        str(message.pk),
        message.places,
        message.seal,
        message.kind,
        iso(message.at),
        "",
        message.title,
    )
    return table(HEAD, [decision, *(line.cells for line in lines)])


def masked(address: str) -> str:
    """Enough to recognise one's own: the first letter and the provider, or the last two digits."""
    if "@" in address:
        name, _at, host = address.rpartition("@")
        return f"{name[:1]}•••@{host}"
    return f"•• {address[-2:]}" if address else ""


def iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


_FIELDS: Final = ("pk", "state", "done_at", "attempts", "last_error")
Row = tuple[Any, ...]


def _pushes(announcement: Announcement) -> Iterator[Line]:
    """Whose device it is, while it is known; the outbox forgets devices that are gone."""
    rows = OutgoingPush.objects.filter(announcement=announcement).order_by("pk")
    for device, email, *row in _each(rows, "device", "device__user__email"):
        whose = masked(email) if email else _("sans compte") if device else _("appareil oublié")
        yield _line(PUSH, whose, email or "", *row)


def _texts(announcement: Announcement) -> Iterator[Line]:
    for number, *row in _each(OutgoingSms.objects.filter(announcement=announcement).order_by("pk"), "recipient"):
        yield _line(SMS, masked(number), number, *row)


def _emails(announcement: Announcement) -> Iterator[Line]:
    for email, *row in _each(OutgoingEmail.objects.filter(announcement=announcement).order_by("pk"), "recipient"):
        yield _line(EMAIL, masked(email), email, *row)


def _each(rows: QuerySet[Any], *whose: str) -> Iterable[Row]:
    """Without making objects: they may be tens of thousands."""
    return rows.values_list(*whose, *_FIELDS).iterator(_CHUNK)


def _why(error: str) -> str:
    """What we wrote ourselves in French, what a service answered as it is, without addresses."""
    ours = {
        CALLED_OFF: _("rappelé avant de partir"),
        SHOWN: _("inutile : déjà affiché sur un appareil"),
        "suppressed": _("adresse qui ne reçoit plus"),
    }
    return ours.get(error) or _ADDRESS.sub("•••", error)


def _line(
    channel: str, recipient: str, address: str, key: UUID, state: str, at: datetime | None, tries: int, error: str
) -> Line:
    return Line(
        channel=channel,
        row=str(key),
        recipient=recipient,
        seal=seal_of(key, address.lower()),
        state=state,
        at=iso(at),
        tries=tries,
        why=_why(error),
    )
