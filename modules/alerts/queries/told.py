"""Whom alerts reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from core.delivery.models import Announcement, OutgoingEmail, OutgoingPush
from modules.alerts.models import AlertMessage

TOPIC = "alerts"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message: how many rows of each channel are in each state, by the state's French name."""

    message: AlertMessage
    push: int
    email: int
    pushes: tuple[tuple[str, int], ...]
    emails: tuple[tuple[str, int], ...]


def told(messages: Iterable[AlertMessage]) -> list[Told]:
    """In one statement for the announcements and one a channel, however many messages there are."""
    kept = list(messages)
    rows = {each.key: each for each in Announcement.objects.filter(topic=TOPIC, key__in=[each.pk for each in kept])}
    keys = [each.pk for each in rows.values()]
    pushes, emails = _by_state(OutgoingPush, keys), _by_state(OutgoingEmail, keys)
    found = []
    for message in kept:
        row = rows.get(message.pk)
        found.append(
            Told(
                message,
                row.push if row else 0,
                row.email if row else 0,
                _worded(OutgoingPush, pushes, row),
                _worded(OutgoingEmail, emails, row),
            )
        )
    return found


Counts = Mapping[tuple[UUID, str], int]
Outgoing = type[OutgoingPush] | type[OutgoingEmail]


def _by_state(model: Outgoing, announcements: list[UUID]) -> Counts:
    found = model._default_manager.filter(announcement__in=announcements).order_by()
    rows = found.values_list("announcement", "state").annotate(count=Count("pk"))
    return {(announcement, state): count for announcement, state, count in rows}


def _worded(model: Outgoing, counts: Counts, row: Announcement | None) -> tuple[tuple[str, int], ...]:
    """In the order of the states."""
    if row is None:
        return ()
    choices = model._meta.get_field("state").choices or ()
    return tuple((str(label), counts[row.pk, value]) for value, label in choices if (row.pk, value) in counts)
