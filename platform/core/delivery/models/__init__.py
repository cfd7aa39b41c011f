"""What leaves a commune, or the operator: to whom, when, and what came of it."""

from core.delivery.models.announcement import Announcement, LetterIssue, Rules
from core.delivery.models.consent import Channel, Consent, Device
from core.delivery.models.email import EmailState, OutgoingEmail
from core.delivery.models.push import OutgoingPush, PushState
from core.delivery.models.sms import OutgoingSms, SmsConsent, SmsCredit, SmsRoute, SmsState, SmsTally

__all__ = [
    "Announcement",
    "Channel",
    "Consent",
    "Device",
    "EmailState",
    "LetterIssue",
    "OutgoingEmail",
    "OutgoingPush",
    "OutgoingSms",
    "PushState",
    "Rules",
    "SmsConsent",
    "SmsCredit",
    "SmsRoute",
    "SmsState",
    "SmsTally",
]
