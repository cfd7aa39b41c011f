"""Writing alerts, telling of them, ending them. Each action is one transaction and leaves a line in the journal."""

from modules.alerts.actions.passing import expire_due
from modules.alerts.actions.ruling import rule
from modules.alerts.actions.sealing import seal_due
from modules.alerts.actions.telling import EXPIRE_DUE, cancel, lift, send, sketched, update
from modules.alerts.actions.vigilance import drop_over, open_draft
from modules.alerts.actions.writing import Content, EditedMeanwhile, ask_validation, delete_draft, revise, write

__all__ = [
    "EXPIRE_DUE",
    "Content",
    "EditedMeanwhile",
    "ask_validation",
    "cancel",
    "delete_draft",
    "drop_over",
    "expire_due",
    "lift",
    "open_draft",
    "revise",
    "rule",
    "seal_due",
    "send",
    "sketched",
    "update",
    "write",
]
