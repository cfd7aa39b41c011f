"""Connections to push services that stay open, one a thread and service.

The standard library opens them; what is said over them is written and read here, as its general reader of headers is
most of what a small exchange costs.
"""

import re
import ssl
from functools import cache
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPSConnection
from io import BufferedReader
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CONNECT, ANSWER = 5, 10  # seconds
LINE, LINES = 8192, 100  # bytes of a header, and how many of these an answer may have
READ = 1000  # bytes of an answer that are looked at; a longer one costs its connection
MOST = 8  # services that a thread stays connected to
_TARGET = re.compile(r"/[!-~]*")
_STATUS = re.compile(rb"HTTP/1\.\d (\d{3})(?: |\r|\n)")

Answer = tuple[int, str, str]


class Connections:
    """Of one thread, one a service."""

    def __init__(self) -> None:
        self._open: dict[str, Line] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for line in self._open.values():
            line.close()

    def post(self, origin: str, endpoint: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Status, the beginning of what is said, and Retry-After. Redirections are not followed: they lead anywhere.

        Raises OSError, HTTPException, and ValueError for an address that cannot be asked.
        """
        request = written(endpoint, body, headers)
        kept = self._open.pop(origin, None)
        if kept:
            try:
                return self._asked(kept, origin, request)
            except ConnectionError:
                pass  # the service closed it while it was idle: that is no answer
        return self._asked(Line(origin), origin, request)

    def _asked(self, line: "Line", origin: str, request: bytes) -> Answer:
        try:
            line.connection.sock.sendall(request)
            answer = line.read()
        except BaseException:
            line.close()
            raise
        if line.goes_on:
            self._open[origin] = line
        else:
            line.close()
        while len(self._open) > MOST:
            self._open.pop(next(iter(self._open))).close()
        return answer


class Line:
    """One connection, and whether the next request may use it."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        if parts.scheme == "https":
            self.connection: HTTPConnection = HTTPSConnection(parts.netloc, timeout=CONNECT, context=_trust())
        else:
            self.connection = HTTPConnection(parts.netloc, timeout=CONNECT)
        self.connection.connect()
        self.connection.sock.settimeout(ANSWER)
        self._file: BufferedReader = self.connection.sock.makefile("rb")
        self.goes_on = True

    def close(self) -> None:
        self._file.close()
        self.connection.close()

    def read(self) -> Answer:
        """Raises ConnectionError when nothing is answered, HTTPException for what is no answer."""
        status, headers = self._head()
        while status < 200:
            status, headers = self._head()
        self.goes_on = headers.get(b"connection", b"").lower() != b"close"
        said = self._body(status, headers)[:200].decode(errors="replace").replace("\0", "")
        return status, said, headers.get(b"retry-after", b"").decode("latin-1")

    def _head(self) -> tuple[int, dict[bytes, bytes]]:
        first = self._file.readline(LINE)
        if not first:
            raise ConnectionResetError("closed without an answer")
        known = _STATUS.match(first)
        if not known:
            raise BadStatusLine(repr(first[:50]))
        headers: dict[bytes, bytes] = {}
        for _ in range(LINES):
            line = self._file.readline(LINE)
            if line in (b"\r\n", b"\n"):
                return int(known[1]), headers
            if not line.endswith(b"\n"):
                break
            name, _colon, value = line.partition(b":")
            headers[name.lower()] = value.strip()
        raise HTTPException("an answer without an end")

    def _body(self, status: int, headers: dict[bytes, bytes]) -> bytes:
        """What fits; a body that is longer, or whose end only the end of the connection tells, costs the connection."""
        if b"transfer-encoding" in headers:
            return self._chunks()
        length = headers.get(b"content-length", b"0" if status == 204 else b"")
        if not length.isdigit() or len(length) > 9 or int(length) > READ:
            self.goes_on = False
            return self._file.read(READ) if length.isdigit() else b""
        said = self._file.read(int(length))
        self.goes_on &= len(said) == int(length)
        return said

    def _chunks(self) -> bytes:
        said = b""
        while len(said) <= READ:
            size = self._file.readline(LINE).partition(b";")[0].strip()
            if not re.fullmatch(rb"[0-9a-fA-F]{1,4}", size):
                break
            said += self._file.read(int(size, 16))
            if self._file.readline(LINE) != b"\r\n":
                break
            if not int(size, 16):
                return said
        self.goes_on = False
        return said


def written(endpoint: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A request. Raises ValueError for an address that would write more than its own line."""
    parts = urlsplit(endpoint)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _TARGET.fullmatch(target):
        raise ValueError("not an address that can be asked")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    host = parts.netloc
    return f"POST {target} HTTP/1.1\r\nHost: {host}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
