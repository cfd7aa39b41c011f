"""The e-mails as files, one `.eml` each, and what a list shows of them."""

import email
import os
import re
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from time import time_ns

TELEPHONE = re.compile(r"0[67]\d{8}")
IDENTIFIER = re.compile(r"\d{19}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One e-mail, read. `recipients` are the envelope's: whoever received it, named in a header or not."""

    id: str
    received: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


class MailStore:
    """A folder of e-mails. What `add` returned is on the disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._read: dict[str, Mail] = {}
        self._lock = threading.Lock()

    def add(self, content: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Keep an e-mail, with its envelope in the first lines; give its identifier once it is durable."""
        envelope = [f"Return-Path: <{_line(sender)}>", *(f"Delivered-To: {_line(to)}" for to in recipients)]
        identifier = f"{time_ns():019d}-{uuid.uuid4().hex[:12]}"
        path = self.folder / f"{identifier}.eml"
        half = path.with_suffix(".half")
        with half.open("wb") as file:
            file.write("".join(f"{line}\r\n" for line in envelope).encode() + content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return identifier

    def get(self, identifier: str) -> Mail | None:
        if not IDENTIFIER.fullmatch(identifier):
            return None
        with self._lock:
            if identifier not in self._read:
                try:
                    content = (self.folder / f"{identifier}.eml").read_bytes()
                except FileNotFoundError:
                    return None
                self._read[identifier] = _parsed(identifier, content)
            return self._read[identifier]

    def mails(self, to: str = "") -> list[Mail]:
        """List the newest first; with `to`, only what that address, or that telephone however it is typed, received."""
        identifiers = sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)
        found = [mail for identifier in identifiers if (mail := self.get(identifier))]
        typed = re.sub(r"\s", "", to)
        if TELEPHONE.fullmatch(typed):
            return [mail for mail in found if any(each.endswith(typed[1:]) for each in mail.recipients)]
        return [mail for mail in found if to.casefold() in mail.recipients] if to else found


def _line(text: str) -> str:
    return re.sub(r"[\r\n]", "", text)


def _parsed(identifier: str, content: bytes) -> Mail:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    seconds = int(identifier.split("-")[0]) / 1e9
    recipients = dict.fromkeys(str(to).strip().casefold() for to in message.get_all("Delivered-To", []))
    return Mail(
        id=identifier,
        received=datetime.fromtimestamp(seconds, UTC),
        sender=str(message.get("From", "")) or parseaddr(str(message.get("Return-Path", "")))[1],
        recipients=tuple(recipients),
        subject=str(message.get("Subject", "")).strip(),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachments(message)),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    try:
        return payload.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a character set that nobody knows
        return payload.decode(errors="replace")


def _attachments(message: EmailMessage) -> list[Attachment]:
    found = []
    for number, part in enumerate(message.iter_attachments()):
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else part.as_bytes()
        name = part.get_filename() or f"piece-{number + 1}"
        found.append(Attachment(number, name, part.get_content_type(), content))
    return found
