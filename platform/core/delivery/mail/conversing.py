"""What is said to a mail server for one e-mail, and what its refusals mean (RFC 5321, 2920, 3463)."""

import re
import smtplib
from collections.abc import Sequence

from core.delivery.models import DeliveryState

# Nobody is there, or nobody any more.
_NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
_NOBODY_PLAIN = {550, 551, 553}
_ENHANCED = re.compile(r"\A5\.\d{1,3}\.\d{1,3}\b")
CLOSING, _LATER, _START, _LINES = 421, 400, 354, re.compile(rb"^\.", re.MULTILINE)


class Refusal(Exception):
    """The server said no; `of_address`: to the address, not to us or to the text."""

    def __init__(self, code: int, reason: str, *, of_address: bool = False) -> None:
        super().__init__(code, reason)
        self.code, self.reason, self.of_address = code, reason, of_address

    def __str__(self) -> str:
        return f"{self.code} {self.reason}"

    @property
    def closes(self) -> bool:
        return self.code == CLOSING

    @property
    def state(self) -> DeliveryState:
        """A refusal of our server, our text or our reputation is no fault of the address."""
        if self.code < 500:
            return DeliveryState.TEMPORARY
        kind = self._enhanced[:4]
        if kind in {"5.1.", "5.2."} or (self.of_address and kind not in {"5.3.", "5.5.", "5.6.", "5.7."}):
            return DeliveryState.PERMANENT
        return DeliveryState.TECHNICAL

    @property
    def nobody(self) -> bool:
        """Whether there is no use in writing to this address again."""
        if self._enhanced:
            return self._enhanced in _NOBODY
        return self.of_address and self.code in _NOBODY_PLAIN

    @property
    def _enhanced(self) -> str:
        found = _ENHANCED.match(self.reason)
        return found.group() if found else ""


def converse(server: smtplib.SMTP, sender: str, recipient: str, text: bytes) -> None:
    """Hand over one e-mail. What a server that can takes at once (PIPELINING) is said at once.

    Raises Refusal, after which the conversation may go on unless it `closes`, and what smtplib and the network raise.
    """
    if not (sender + recipient).isprintable() or " " in sender + recipient:
        raise ValueError("an address is one word")
    server.ehlo_or_helo_if_needed()
    if "8bitmime" in server.esmtp_features and not text.isascii():
        sender_line = f"MAIL FROM:<{sender}> BODY=8BITMIME"
    else:
        sender_line = f"MAIL FROM:<{sender}>"
    lines = [sender_line, f"RCPT TO:<{recipient}>", "DATA"]
    try:
        _agree(server, lines)
    except (smtplib.SMTPServerDisconnected, ConnectionError) as error:
        raise Refusal(CLOSING, str(error)) from error  # nothing left: it may be said again
    server.send(_LINES.sub(b"..", text) + b".\r\n")
    code, reason = server.getreply()
    if code >= _LATER:
        raise Refusal(code, _said(reason))


def _agree(server: smtplib.SMTP, lines: Sequence[str]) -> None:
    """Say who writes to whom. Raises the refusal that counts, once another e-mail may begin."""
    replies: list[tuple[int, bytes]] = []
    if "pipelining" in server.esmtp_features:
        server.send("".join(f"{line}\r\n" for line in lines))
        replies += [server.getreply() for _ in lines]
    else:
        for line in lines:
            replies.append(server.docmd(line))
            if replies[-1][0] >= _LATER:
                break
    at = next((place for place, (code, _) in enumerate(replies) if code >= _LATER), None)
    if at is None:
        return
    if replies[-1][0] == _START:  # it waits for a text that nobody is to have
        server.send(b".\r\n")
        server.getreply()
    code, reason = replies[at]
    if code != CLOSING:
        server.rset()
    raise Refusal(code, _said(reason), of_address=at == 1)


def _said(reason: bytes) -> str:
    return " ".join(reason.decode(errors="replace").split())
