"""This Stripe over HTTP, for this machine only."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from deploy.local.stripe import desk, pages
from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import decoded
from deploy.local.stripe.routes import answered
from deploy.local.stripe.state import VERSION, Stripe
from deploy.local.stripe.webhooks import Teller

STYLESHEET = Path(__file__).with_name("stripe.css")
# The way back is to another site, by a form of this page.
POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
LONGEST = 200_000
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class StripeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, stripe: Stripe, port: int, webhook_url: str = "", webhook_secret: str = "") -> None:
        super().__init__(("127.0.0.1", port), Request)
        self.stripe = stripe
        stripe.origin = f"http://localhost:{self.server_port}"
        self.teller = Teller(stripe, webhook_url, webhook_secret)
        if webhook_url:
            self.teller.start()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Request(BaseHTTPRequestHandler):
    server: StripeServer
    protocol_version = "HTTP/1.1"
    server_version = "Beffroi"
    sys_version = ""
    timeout = 20
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not self._is_local() or not length.isdecimal() or int(length) > LONGEST:
            self.close_connection = True
            return self._html(pages.missing(), HTTPStatus.NOT_FOUND)
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        try:
            if self.path.startswith("/v1/"):
                return self._api(body)
            return self._page(body)
        finally:
            self.server.teller.kick()

    def _api(self, body: str) -> None:
        trouble = self.server.stripe.trouble(self.command, self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if trouble != "before":
            status, said = answered(self.server.stripe, self.command, self.path, body, headers)
        if trouble:
            self.close_connection = True
            return
        self._json(status, said)

    def _is_local(self) -> bool:
        """A page of the Web that points its own name at 127.0.0.1 sends that name here, and reads nothing."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        return host in LOOPBACK or host.endswith(".localhost")

    def _page(self, body: str) -> None:
        stripe, ways = self.server.stripe, urlsplit(self.path).path.strip("/").split("/")
        try:
            with stripe.lock:
                if self.command == "POST" and self._is_ours():
                    return self._go(desk.act(self.server.teller, stripe, ways, decoded(body)))
                match ways:
                    case ["stripe.css"]:
                        return self._send(STYLESHEET.read_bytes(), "text/css; charset=utf-8")
                    case [""]:
                        return self._html(pages.home(stripe, self.server.teller))
                    case ["session", name]:
                        return self._html(pages.session(stripe, stripe.get("checkout.session", name)))
                    case ["portail", name]:
                        return self._html(pages.portal(stripe, stripe.get("billing_portal.session", name)))
        except Refused as refused:
            return self._html(pages.refused(str(refused)), HTTPStatus.NOT_FOUND)
        return self._html(pages.missing(), HTTPStatus.NOT_FOUND)

    def _is_ours(self) -> bool:
        """A form of our own page: another site's would say where it comes from."""
        origin = self.headers.get("Origin", "")
        return origin in ("", "null") or urlsplit(origin).netloc == self.headers.get("Host", "")

    def _json(self, status: int, said: object) -> None:
        self._send(json.dumps(said).encode(), "application/json", HTTPStatus(status))

    def _go(self, url: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _html(self, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(text.encode(), "text/html; charset=utf-8", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Stripe-Version", VERSION)
        self.send_header("Request-Id", f"req_{len(self.server.stripe.answers)}")
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """A line a request would bury what its log is read for."""
