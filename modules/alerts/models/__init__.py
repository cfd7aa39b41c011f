"""Alerts, the events they tell of, and the log of what was told."""

from modules.alerts.models.alerts import DESCRIPTION, DRILL, HEADLINE, INSTRUCTION, Alert, AlertArea, Alerts
from modules.alerts.models.cap import Certainty, Severity, Urgency
from modules.alerts.models.events import Event, Template, template_of
from modules.alerts.models.messages import FIRST, AlertMessage, MessageKind, Unchangeable, digest_of, seal_of
from modules.alerts.models.outcomes import SETTLED, Outcomes
from modules.alerts.models.rules import AlertRules
from modules.alerts.models.states import LIVE, NEXT, PUBLIC, UNSENT, AlertState
from modules.alerts.models.vigilance import Vigilance

__all__ = [
    "DESCRIPTION",
    "DRILL",
    "FIRST",
    "HEADLINE",
    "INSTRUCTION",
    "LIVE",
    "NEXT",
    "PUBLIC",
    "SETTLED",
    "UNSENT",
    "Alert",
    "AlertArea",
    "AlertMessage",
    "AlertRules",
    "AlertState",
    "Alerts",
    "Certainty",
    "Event",
    "MessageKind",
    "Outcomes",
    "Severity",
    "Template",
    "Unchangeable",
    "Urgency",
    "Vigilance",
    "digest_of",
    "seal_of",
    "template_of",
]
