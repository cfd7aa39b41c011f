"""A day after a message: what became of it is final, and the log says so."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils import timezone

from core.audit.actions import record
from core.web.french import capitalised
from modules.alerts.actions.log import append
from modules.alerts.models import SETTLED, AlertMessage, MessageKind, Outcomes
from modules.alerts.models.messages import Messages
from modules.alerts.models.outcomes import packed
from modules.alerts.queries.outcomes import Outcome, file_of, outcome_of

_AT_ONCE: Final = 20


def seal_due() -> datetime | None:
    """Close what was told a day ago or more, the oldest first, each in a transaction of its own; return when the next
    one is due."""
    for message in _open().filter(at__lte=timezone.now() - SETTLED)[:_AT_ONCE]:
        seal(message)
    following = _open().first()
    return following.at + SETTLED if following else None


@transaction.atomic
def seal(message: AlertMessage) -> Outcomes | None:
    """Keep the file of a message's outcomes, and write its SHA-256 and its sums at the end of the log; once."""
    held = AlertMessage.objects.select_for_update(of=("self",)).select_related("alert").get(pk=message.pk)
    if Outcomes.objects.filter(message=held).exists():
        return None
    outcome = outcome_of(held)
    text = file_of(held, outcome.lines).encode()
    content = {
        "of": held.number,
        "message": held.serial,
        "told": outcome.told,
        "states": outcome.counts,
        "lines": len(outcome.lines),
        "outcomes": sha256(text).hexdigest(),
    }
    title = f"Bilan à 24 heures · {held.title}"[:200]
    report = append(held.alert, MessageKind.REPORT, None, title=title, text=sentence(outcome), content=content)
    kept = Outcomes.objects.create(message=held, report=report, made_at=report.at, packed=packed(text))
    noted = {"alert": str(held.alert_id), "serial": report.serial, "digest": report.digest}
    record("alerts.reported", target=held.alert.title, **noted)
    return kept


def sentence(outcome: Outcome) -> str:
    """How many of each channel were told, for whoever reads the log."""
    told = [f"{channel} : {count}" for channel, count in outcome.told.items() if count]
    return capitalised(", ".join(told) or "personne n’était à prévenir")


def _open() -> Messages:
    return AlertMessage.objects.told().filter(outcomes__isnull=True).order_by("serial")
