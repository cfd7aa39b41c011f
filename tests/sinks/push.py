"""A push service that costs little."""

import time

from tests.sinks.http import Http

TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"


class Push(Http):
    def asked(self, head: bytes, body: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        gone = "gone" in path
        self.taken.append((time.time(), path, self.header(head, b"Topic"), 410 if gone else 201))
        return GONE if gone else TAKEN
