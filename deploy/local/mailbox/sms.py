"""The letter box as a provider of SMS: it speaks Brevo's protocol, and keeps each text as a letter to its number."""

import json
from email.message import EmailMessage
from typing import Any

from deploy.local.mailbox.store import MailStore

PATH = "/v3/transactionalSMS/send"
SUBJECT = 60


def taken(store: MailStore, body: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the answer to a request of https://developers.brevo.com/docs/transactional-sms-endpoints."""
    try:
        said = json.loads(body)
        number, text, sender = str(said["recipient"]), str(said["content"]), str(said["sender"])
    except (ValueError, TypeError, KeyError):
        return 400, {"code": "invalid_parameter", "message": "recipient, content and sender are needed"}
    if not (number.isascii() and number.isdecimal()):
        return 400, {"code": "invalid_parameter", "message": "Invalid telephone number"}
    letter = EmailMessage()
    letter["From"], letter["Subject"] = f"SMS de {sender}", " ".join(text.split())[:SUBJECT]
    letter.set_content(text)
    kept = store.add(letter.as_bytes(), sender, [f"+{number}"])
    return 201, {"messageId": int(kept.split("-")[0])}
