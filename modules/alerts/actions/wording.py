"""What people read of an alert, on their screen, by e-mail and by SMS."""

from django.utils.translation import gettext as _

from core.web.french import day_and_time
from modules.alerts.models import DRILL, Alert, Event, MessageKind


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
