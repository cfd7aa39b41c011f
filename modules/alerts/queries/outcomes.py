"""What became of one message for each who was to receive it: a line each, that names nobody in full."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from core.delivery.calling_off import CALLED_OFF
from core.delivery.models import HELD, Announcement, DeliveryState, OutgoingEmail, OutgoingPush, OutgoingSms
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


def _pushes(announcement: Announcement) -> Iterator[Line]:
    """Whose device it is, while it is known; the outbox forgets devices that are gone."""
    rows = OutgoingPush.objects.filter(announcement=announcement).select_related("device__user").order_by("pk")
    for row in rows.iterator(_CHUNK):
        user = row.device.user if row.device else None
        whose = masked(user.email) if user else _("sans compte") if row.device else _("appareil oublié")
        yield _line(PUSH, row, whose, user.email if user else "")


def _texts(announcement: Announcement) -> Iterator[Line]:
    for row in OutgoingSms.objects.filter(announcement=announcement).order_by("pk").iterator(_CHUNK):
        yield _line(SMS, row, masked(row.recipient), row.recipient)


def _emails(announcement: Announcement) -> Iterator[Line]:
    rows = OutgoingEmail.objects.filter(announcement=announcement).defer("text", "html").order_by("pk")
    for row in rows.iterator(_CHUNK):
        yield _line(EMAIL, row, masked(row.recipient), row.recipient)


def _line(channel: str, row: Any, recipient: str, address: str) -> Line:
    return Line(
        channel=channel,
        row=str(row.pk),
        recipient=recipient,
        seal=seal_of(row.pk, address.lower()),
        state=str(row.state),
        at=iso(row.done_at),
        tries=row.attempts,
        why=_("rappelé avant de partir") if row.last_error == CALLED_OFF else _ADDRESS.sub("•••", row.last_error),
    )
