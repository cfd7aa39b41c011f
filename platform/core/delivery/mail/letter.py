"""One e-mail in a worker's hands, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core.delivery.models import DeliveryState


@dataclass(frozen=True, slots=True)
class Letter:
    """A worker holds it until `lease`, and begins to hand it over before `until`, of the monotonic clock. `word` tells
    a mail service's answers whose it is."""

    key: UUID
    lease: datetime
    until: float
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    reply_to: str
    unsubscribe: str
    urgent: bool
    announced: bool
    expires_at: datetime
    attempts: int
    word: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """CREATED is one that was given back unsent. `after`: the seconds that the server asks. `refused`: nobody is at
    this address, there is no use in writing to it again."""

    letter: Letter
    state: DeliveryState
    error: str = ""
    after: float = 0
    refused: bool = False


def message(letter: Letter) -> EmailMultiAlternatives:
    written = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=formataddr((letter.sender, settings.MAIL_SENDER)),
        to=[letter.recipient],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers(letter),
    )
    if letter.html:
        written.attach_alternative(letter.html, "text/html")
    return written


def headers(letter: Letter) -> dict[str, str]:
    """Its number is its Message-ID, so that a double is seen as one. One that was asked for says how to stop it, by a
    page and by one click of the mail program (RFC 8058)."""
    written = {"Message-ID": f"<{letter.key}@{settings.BASE_DOMAIN}>", "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe:
        written["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return written
