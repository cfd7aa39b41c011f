"""How each provider says what became of a message.

OVHcloud calls one address of the account by GET, with `id`, `ptt` (a precise code), `date`, `description` (the state's
number) and `descriptionDlr` (its words); and another by POST for each answer, with `senderid`, `message`, `tag`.
Brevo posts JSON to the address that came with the message: `messageId`, `to`, `msg_status`.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from core.delivery.models import DeliveryState
from core.delivery.sms.numbers import e164
from core.delivery.sms.receipts import Receipt, Reply

_STOPS = {"STOP", "ARRET", "ARRÊT", "STOPSMS", "DESABONNEMENT"}
LONGEST_ID = 60

# OVHcloud's states, and the codes that say why one failed.
_PENDING, _SUCCESS, _FAILED = {"0", "4", "8"}, "1", {"2", "16"}
_PTT_PENDING, _PTT_DELIVERED = {"1", "2", "3"}, "4"
_PTT_NEVER = {"23", "27", "33", "73", "76", "202"}
_PTT_PASSING = {"8", "21", "24", "25", "26", "39", "74"}

_BREVO = {
    "sent": None,
    "accepted": None,
    "delivered": DeliveryState.DELIVERED,
    "soft_bounce": DeliveryState.TEMPORARY,
    "hard_bounce": DeliveryState.PERMANENT,
    "rejected": DeliveryState.TECHNICAL,
}
_BREVO_STOPS = {"unsubscribed", "unsubscribe", "blacklisted"}


def of_ovh(said: Mapping[str, str]) -> Receipt | Reply | None:
    """A receipt or an answer, None when it is neither."""
    if "senderid" in said:
        return _reply(said.get("senderid", ""), said.get("message", ""))
    name, ptt, state = said.get("id", ""), said.get("ptt", ""), said.get("description", "")
    if not _is_id(name) or not (ptt or state):
        return None
    if ptt == _PTT_DELIVERED or (state == _SUCCESS and not ptt):
        return Receipt(name, DeliveryState.DELIVERED)
    if ptt in _PTT_PENDING or (state in _PENDING and ptt not in _PTT_NEVER | _PTT_PASSING):
        return Receipt(name, None)
    if ptt in _PTT_NEVER:
        return Receipt(name, DeliveryState.PERMANENT)
    if ptt in _PTT_PASSING:
        return Receipt(name, DeliveryState.TEMPORARY)
    return Receipt(name, DeliveryState.TECHNICAL) if ptt or state in _FAILED else None


def of_brevo(said: Any) -> Receipt | Reply | None:
    if not isinstance(said, dict):
        return None
    status, name = str(said.get("msg_status", "")).lower(), str(said.get("messageId", ""))
    if status in _BREVO_STOPS:
        return _reply(str(said.get("to", "")), "STOP")
    return Receipt(name, _BREVO[status]) if status in _BREVO and _is_id(name) else None


def _reply(typed: str, words: str) -> Reply | None:
    digits = typed.strip().removeprefix("+").removeprefix("00")
    try:
        number = e164(f"+{digits}" if not digits.startswith("0") else digits)
    except ValidationError:
        return None
    first = words.strip().upper().split()[:1]
    return Reply(number, bool(first) and first[0].strip(".!,;:") in _STOPS)


def _is_id(name: str) -> bool:
    return name.isascii() and name.isalnum() and len(name) <= LONGEST_ID
