"""The letter box as a provider of SMS: it speaks Brevo's protocol, and keeps each text as a letter to its number."""

import json
from contextlib import suppress
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

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
    name = int(kept.split("-")[0])
    Thread(target=_delivered, args=[str(said.get("webUrl", "")), name, number], daemon=True).start()
    return 201, {"messageId": name}


def _delivered(url: str, name: int, number: str) -> None:
    """Tell Beffroi on this machine, and nobody else, that the telephone has it."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not f".{parts.hostname}".endswith(".localhost"):
        return
    body = json.dumps({"messageId": name, "to": number, "msg_status": "delivered"})
    with suppress(OSError, HTTPException):
        connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
        connection.request("POST", parts.path, body, {"Host": parts.netloc, "Content-Type": "application/json"})
        connection.getresponse().read()
        connection.close()
