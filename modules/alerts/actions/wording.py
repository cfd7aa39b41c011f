"""What people read of an alert, on their screen, by e-mail and by SMS."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from core.delivery.sms.carrying import can_sms
from core.delivery.sms.segments import economical, segments
from core.delivery.sms.wording import Sms
from core.tenancy.here import current
from core.tenancy.registry import registry
from core.web.french import day_and_time
from modules.alerts.models import DRILL, Alert, AlertMessage, Event, MessageKind

_FEW: Final = 2
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def worded(alert: Alert, kind: MessageKind, words: str = "") -> tuple[str, str]:
    """The title and the text that people receive, on their screen and by e-mail."""
    about = alert.headline if alert.event == Event.OTHER else f"{alert.event_label} : {alert.headline}"
    level = str(alert.level.label).capitalize()
    match kind:
        case MessageKind.SENT:
            title, text = f"{level} · {about}", f"{alert.instruction} {_until(alert)}"
        case MessageKind.UPDATE:
            said = _("Mise à jour")
            title, text = f"{said} · {level} · {about}", f"{alert.instruction} {_until(alert)}"
        case MessageKind.LIFT:
            title = _("Fin d’alerte · %(about)s") % {"about": about}
            text = words or _("Cette alerte est levée. Le danger est passé.")
        case MessageKind.CANCEL:
            title = _("Alerte annulée · %(about)s") % {"about": about}
            text = _("Cette alerte était une erreur. %(words)s") % {"words": words}
    return (f"{DRILL} · {title}", f"{_drill()} {text}") if alert.drill else (title, text)


def _until(alert: Alert) -> str:
    """As it is true whenever the message is read."""
    return _("Jusqu’au %(time)s.") % {"time": day_and_time(alert.ends_at)}


def _drill() -> str:
    return _("Ceci est un exercice : il n’y a aucun danger.")


def sms_of(alert: Alert, kind: MessageKind, words: str = "", *, before: Iterable[AlertMessage] = ()) -> Sms | None:
    """What it says by SMS, None when no number is told. Mortal danger is told to all of them, at once; an end to those
    whom one of the messages `before` told so."""
    ends = kind in {MessageKind.LIFT, MessageKind.CANCEL}
    vital = alert.is_vital and not ends
    asked = any(each.content.get("sms") for each in before) if ends else alert.sms
    if not can_sms() or not (vital or asked):
        return None
    return Sms(text=_short(*worded(alert, kind, words)), at_once=vital)


def _short(title: str, text: str) -> str:
    """Which mairie, what, and as much of what to do as two SMS hold; the rest is on the site's first page."""
    sender = registry().sender(current().schema_name)
    sentences = _SENTENCE.split(text)
    while True:
        said = f"{sender.name}. {title.replace(' · ', ', ')}. {' '.join(sentences)} {sender.home}"
        if len(sentences) == 1 or segments(economical(said)).count <= _FEW:
            return said
        sentences.pop()
