"""As much of HTTP as a sink needs: requests with a length, over connections that stay open."""

import asyncio

Records = list[tuple[float, str, str, int]]


class Http(asyncio.Protocol):
    def __init__(self, taken: Records) -> None:
        self.taken, self.heard = taken, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            head = self.heard[:end]
            whole = end + 4 + int(self.header(head, b"Content-Length") or 0)
            if len(self.heard) < whole:
                return
            body, self.heard = self.heard[end + 4 : whole], self.heard[whole:]
            self.transport.write(self.asked(head, body))

    def asked(self, head: bytes, body: bytes) -> bytes:
        """The answer to one request."""
        raise NotImplementedError

    @staticmethod
    def header(head: bytes, name: bytes) -> str:
        at = head.lower().find(b"\r\n" + name.lower() + b":")
        if at < 0:
            return ""
        return head[at + len(name) + 3 :].partition(b"\r\n")[0].strip().decode("latin-1")
