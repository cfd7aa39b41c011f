"""Whom an alert reaches, and whom it reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.delivery.audience import devices, people
from core.delivery.models import Announcement, Channel, OutgoingEmail, OutgoingPush
from modules.alerts.models import AlertMessage

TOPIC = "alerts"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many devices and addresses are told now."""

    push: int
    email: int

    @property
    def total(self) -> int:
        return self.push + self.email

    @property
    def sentence(self) -> str:
        if not self.total:
            return _("Personne n’a encore demandé à recevoir les alertes : elle se lira sur le site.")
        push = ngettext("%(count)s appareil", "%(count)s appareils", self.push) % {"count": self.push}
        email = ngettext("%(count)s adresse e-mail", "%(count)s adresses e-mail", self.email) % {"count": self.email}
        told = _(" et ").join(part for part, count in ((push, self.push), (email, self.email)) if count)
        return _("%(told)s, tout de suite, même la nuit.") % {"told": told}


def reach() -> Reach:
    return Reach(devices(TOPIC).count(), people(TOPIC, Channel.EMAIL).count())


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
