"""A mail server that costs little: SMTP with pipelining, without TLS."""

import asyncio
import time

from tests.sinks.http import Records

HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
END = b"\r\n.\r\n"


class Mail(asyncio.Protocol):
    def __init__(self, taken: Records) -> None:
        self.taken, self.heard, self.in_data = taken, b"", False
        self.recipients: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.heard += data
        answers = b""
        while True:
            end = self.heard.find(END if self.in_data else b"\r\n")
            if end < 0:
                break
            said, self.heard = self.heard[:end], self.heard[end + (len(END) if self.in_data else 2) :]
            answers += self.message(said) if self.in_data else self.command(said)
        if answers:
            self.transport.write(answers)

    def command(self, said: bytes) -> bytes:
        match said[:4].upper():
            case b"EHLO" | b"HELO":
                return HELLO
            case b"RCPT":
                return self.recipient(said.partition(b"<")[2].partition(b">")[0].decode())
            case b"DATA":
                if not self.recipients:
                    return b"554 nobody to give it to\r\n"
                self.in_data = True
                return b"354 go on\r\n"
            case b"QUIT":
                self.transport.write(b"221 bye\r\n")
                self.transport.close()
                return b""
            case b"MAIL" | b"RSET":
                self.recipients = []
        return b"250 done\r\n"

    def recipient(self, address: str) -> bytes:
        if address.startswith("unknown"):
            self.taken.append((time.time(), address, "", 550))
            return b"550 5.1.1 nobody of that name\r\n"
        self.recipients.append(address)
        return b"250 known\r\n"

    def message(self, said: bytes) -> bytes:
        head = said.partition(b"\r\n\r\n")[0]
        at = head.lower().find(b"message-id:")
        key = head[at + 11 :].partition(b"\r\n")[0].strip().decode() if at >= 0 else ""
        self.taken += [(time.time(), address, key, 250) for address in self.recipients]
        self.recipients, self.in_data = [], False
        return b"250 taken\r\n"
