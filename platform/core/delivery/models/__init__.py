"""What leaves a commune, or the operator: to whom, when, and what came of it."""

from core.delivery.models.announcement import Announcement, LetterIssue, Rules
from core.delivery.models.consent import Channel, Consent, Device
from core.delivery.models.email import OutgoingEmail, SuppressedAddress
from core.delivery.models.followed import FollowedArea
from core.delivery.models.phone import PhoneCode
from core.delivery.models.push import OutgoingPush
from core.delivery.models.sms import OutgoingSms, SmsConsent, SmsCredit, SmsRoute, SmsTally
from core.delivery.models.states import HELD, OPEN, DeliveryState

__all__ = [
    "HELD",
    "OPEN",
    "Announcement",
    "Channel",
    "Consent",
    "DeliveryState",
    "Device",
    "FollowedArea",
    "LetterIssue",
    "OutgoingEmail",
    "OutgoingPush",
    "OutgoingSms",
    "PhoneCode",
    "Rules",
    "SmsConsent",
    "SmsCredit",
    "SmsRoute",
    "SmsTally",
    "SuppressedAddress",
]
