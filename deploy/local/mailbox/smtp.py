"""The letter box's SMTP side: an accepted e-mail is on the disk."""

import asyncio

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mailbox.store import MailStore


class Slot:
    """What aiosmtpd calls with each e-mail."""

    def __init__(self, store: MailStore) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        try:
            await asyncio.to_thread(self.store.add, content, envelope.mail_from or "", envelope.rcpt_tos)
        except OSError:
            return "452 The mail could not be kept: try again later"
        return "250 Kept"


def smtp_server(store: MailStore, port: int) -> Controller:
    """Give a server for this machine only: `start()` answers once it listens."""
    return Controller(Slot(store), hostname="127.0.0.1", port=port, server_hostname="beffroi", enable_SMTPUTF8=True)
