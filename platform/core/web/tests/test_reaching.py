"""Asking for an address that somebody typed: a real server, and nothing that is not public."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from core.web import reaching
from core.web.reaching import Answer, Reached, is_public, reach


class Pages(BaseHTTPRequestHandler):
    """Answers by its path: /status/404, /to/<path>, /get-only, /slow, /drip."""

    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        type(self).asked.append((self.command, self.path, self.headers["Host"]))
        kind, _slash, rest = self.path.lstrip("/").partition("/")
        if kind == "drip":
            self._drip()
            return
        status = {"status": int(rest) if rest.isdigit() else 200, "to": 302, "loop": 301}.get(kind, 200)
        if kind == "get-only" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if kind in {"to", "loop"}:
            self.send_header("Location", f"/{rest}" if kind == "to" and "://" not in rest else rest or self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        """One letter of the first line at a time, for ever."""
        try:
            for _ in range(200):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    here = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    here.daemon_threads = True
    thread = threading.Thread(target=here.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{here.server_address[1]}"
    here.shutdown()
    here.server_close()


def anywhere(*_: Any) -> bool:
    return True


@pytest.mark.parametrize(
    ("path", "status", "end"),
    [
        ("/", 200, "/"),
        ("/status/404", 404, "/status/404"),
        ("/status/500", 500, "/status/500"),
        ("/get-only", 200, "/get-only"),
        ("/to/status/200", 200, "/status/200"),
        ("/to/to/status/410", 410, "/status/410"),
        ("/une page/é?q=à b", 200, "/une page/é?q=à b"),
    ],
)
def test_a_page_is_asked_for_and_its_redirects_are_told(server: str, path: str, status: int, end: str) -> None:
    assert reach(server + path, allowed=anywhere) == Answer(Reached.ANSWERED, server + end, status)


def test_head_is_asked_first_and_get_only_where_head_is_refused(server: str) -> None:
    Pages.asked.clear()
    reach(f"{server}/", allowed=anywhere)
    reach(f"{server}/get-only", allowed=anywhere)
    assert [(method, path) for method, path, _host in Pages.asked] == [
        ("HEAD", "/"), ("HEAD", "/get-only"), ("GET", "/get-only"),
    ]  # fmt: skip


def test_a_ring_of_redirects_ends(server: str) -> None:
    Pages.asked.clear()
    assert reach(f"{server}/loop", allowed=anywhere).reached is Reached.SILENT
    assert len(Pages.asked) == reaching.MOST_REDIRECTS + 1


def test_our_own_network_is_not_asked(server: str) -> None:
    Pages.asked.clear()
    assert reach(server).reached is Reached.REFUSED
    assert Pages.asked == []


def test_a_redirect_into_our_network_is_not_followed(server: str) -> None:
    port = int(server.rpartition(":")[2])
    Pages.asked.clear()
    # The first page is allowed, by the port it is on; the address it sends to is judged anew.
    answer = reach(f"{server}/to/http://127.0.0.1:9/secret", allowed=lambda _address, asked: asked == port)
    assert answer == Answer(Reached.REFUSED, "http://127.0.0.1:9/secret")
    assert len(Pages.asked) == 1


def test_a_name_that_leads_inside_is_refused_and_the_judged_address_is_the_one_that_is_asked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.rpartition(":")[2])
    resolved: list[str] = []

    def rebinding(host: str, *_: Any, **__: Any) -> list[Any]:
        """Public the first time, inside the second: what DNS rebinding does."""
        resolved.append(host)
        address = "127.0.0.1" if len(resolved) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(reaching, "getaddrinfo", rebinding)
    Pages.asked.clear()
    answer = reach(f"http://exemple.fr:{port}/", allowed=lambda address, _port: address == ip_address("127.0.0.1"))
    assert answer.status == 200
    assert resolved == ["exemple.fr"]
    assert Pages.asked == [("HEAD", "/", f"exemple.fr:{port}")]
    assert reach(f"http://exemple.fr:{port}/", allowed=lambda address, _port: address.is_loopback).reached is (
        Reached.REFUSED
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "192.0.2.1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ip_address(address), 443)


def test_a_public_address_is_asked_on_the_ports_of_the_web_only() -> None:
    assert is_public(ip_address("185.26.125.1"), 443)
    assert is_public(ip_address("2a01:e0a::1"), 80)
    assert not is_public(ip_address("185.26.125.1"), 5432)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://exemple.fr/", "http://", "https://qui:quoi@exemple.fr/",
        "http://[::1", "http://exemple.fr:99999/", "", "http://\u2100.fr/", "http://" + "a" * 300 + ".fr/", "http://x\r\ny/",
    ],
)  # fmt: skip
def test_what_is_no_address_never_raises(url: str) -> None:
    assert reach(url).reached in {Reached.REFUSED, Reached.SILENT}


def test_a_server_that_drips_is_left_after_the_time_that_is_allowed_in_all(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "WHOLE", 0.3)
    done = threading.Event()
    found: list[Answer] = []

    def ask() -> None:
        found.append(reach(f"{server}/drip", allowed=anywhere))
        done.set()

    threading.Thread(target=ask, daemon=True).start()
    assert done.wait(8), "it ends long before the server does"
    assert found[0].reached is Reached.SILENT


def test_a_closed_port_is_silent(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reach(f"http://127.0.0.1:{port}/", allowed=anywhere).reached is Reached.SILENT
