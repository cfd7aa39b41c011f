"""Does an address that somebody typed answer? Asked from inside our network, so only of the public internet.

The name is resolved once, every address it has is judged, and the connection is made to an address that was judged:
a name that changes between the two leads nowhere else. Each redirect is judged anew.
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, getaddrinfo
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

TIMEOUT, WHOLE = 5.0, 12.0
MOST_REDIRECTS = 5
PORTS = frozenset({80, 443, 8080, 8443})
AGENT = "Beffroi (link check)"
# Some sites refuse HEAD with these; a GET of which nothing is read tells the truth.
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ip_network("64:ff9b::/96")
Address = IPv4Address | IPv6Address
Allowed = Callable[[Address, int], bool]


class Reached(StrEnum):
    ANSWERED = "answered"
    SILENT = "silent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is that of the last page asked for, 0 without one; `url` is where the redirects led."""

    reached: Reached
    url: str
    status: int = 0


class NotPublic(Exception):
    """An address that we do not ask."""


def is_public(address: Address, port: int) -> bool:
    """Whether anybody on the internet could ask it; an IPv4 address dressed as IPv6 is judged as what it is."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    teredo = getattr(address, "teredo", None)
    judged = [address, *([inner] if inner else []), *(teredo or ())]
    return port in PORTS and all(each.is_global and not each.is_multicast and each not in NAT64 for each in judged)


def reach(url: str, *, allowed: Allowed = is_public) -> Answer:
    """Ask for an address, following its redirects. Never raises; waits WHOLE seconds in all, at most."""
    until = time.monotonic() + WHOLE
    now = url
    try:
        for _step in range(MOST_REDIRECTS + 1):
            status, onward = _ask("HEAD", now, until, allowed)
            if status in ASK_AGAIN:
                status, onward = _ask("GET", now, until, allowed)
            if status not in REDIRECTS or not onward:
                return Answer(Reached.ANSWERED, now, status)
            now = urljoin(now, onward)
    except NotPublic:
        return Answer(Reached.REFUSED, now)
    except (OSError, HTTPException, ValueError):
        return Answer(Reached.SILENT, now)
    return Answer(Reached.SILENT, now)


def _ask(method: str, url: str, until: float, allowed: Allowed) -> tuple[int, str]:
    """The status of a page, and where it sends; nothing of its body is read."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise NotPublic(url)
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if secure else 80)
    connection = (_Secure if secure else _Plain)(host, port, timeout=min(TIMEOUT, left))
    connection.chosen = _judged(host, port, allowed)
    # A server that sends one byte at a time keeps every single read in time: the whole is bounded too.
    watch = Timer(left, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"), _query(parts.query), ""))
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location") or ""
    finally:
        watch.cancel()
        connection.close()


def _query(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~?[]")


def _judged(host: str, port: int, allowed: Allowed) -> str:
    """An address of the host, once all of them are known to be public. Raises NotPublic."""
    found = {str(each[4][0]).partition("%")[0] for each in getaddrinfo(host, port, type=SOCK_STREAM)}
    if not found or not all(allowed(ip_address(each), port) for each in found):
        raise NotPublic(host)
    return min(found, key=lambda each: ":" in each)


class _Plain(HTTPConnection):
    """Connects to the address that was judged, whatever the name would say now."""

    chosen = ""

    def connect(self) -> None:
        self.sock = create_connection((self.chosen, self.port), self.timeout)

    def cut(self) -> None:
        if self.sock is not None:
            try:
                self.sock.shutdown(SHUT_RDWR)
            except OSError:
                return


class _Secure(_Plain, HTTPSConnection):
    def connect(self) -> None:
        _Plain.connect(self)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()
