"""Connections to push services that stay open. The standard library's client: it costs half of a pooled one's CPU, and
each thread has its own."""

import ssl
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CONNECT, ANSWER = 5, 10  # seconds
READ = 1000  # bytes of an answer that are looked at; a longer one costs its connection
MOST = 8  # services that a thread stays connected to


class Connections:
    """Of one thread, one a service."""

    def __init__(self) -> None:
        self._open: dict[str, HTTPConnection] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection in self._open.values():
            connection.close()

    def post(self, origin: str, endpoint: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
        """Status, the beginning of what is said, and Retry-After. Redirections are not followed: they lead anywhere.

        Raises OSError, HTTPException, and ValueError for an address that cannot be asked.
        """
        kept = self._open.pop(origin, None)
        if kept:
            try:
                return self._asked(kept, origin, endpoint, body, headers)
            except ConnectionError:
                kept.close()  # the service closed it while it was idle: that is no answer
        return self._asked(opened(origin), origin, endpoint, body, headers)

    def _asked(
        self, connection: HTTPConnection, origin: str, endpoint: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        try:
            connection.request("POST", endpoint[len(origin) :] or "/", body, headers)
            answer = connection.getresponse()
            said = answer.read(READ + 1)
        except BaseException:
            connection.close()
            raise
        if answer.isclosed() and connection.sock:
            self._open[origin] = connection
        else:
            connection.close()
        while len(self._open) > MOST:
            self._open.pop(next(iter(self._open))).close()
        words = said[:200].decode(errors="replace").replace("\0", "")
        return answer.status, words, answer.headers.get("Retry-After", "")


def opened(origin: str) -> HTTPConnection:
    parts = urlsplit(origin)
    if parts.scheme == "https":
        made: HTTPConnection = HTTPSConnection(parts.netloc, timeout=CONNECT, context=_trust())
    else:
        made = HTTPConnection(parts.netloc, timeout=CONNECT)
    made.connect()
    made.sock.settimeout(ANSWER)
    return made


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
