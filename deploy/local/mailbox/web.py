"""The letter box over HTTP, for this machine only."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from deploy.local.mailbox import page, sms
from deploy.local.mailbox.store import Mail, MailStore

STYLESHEET = Path(__file__).with_name("mailbox.css")
POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; "
NOT_FRAMED = POLICY + "frame-ancestors 'none'"
# An e-mail styles itself inline and nothing else: no script, no picture fetched from outside, no form.
FRAMED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
FRAMED += "sandbox allow-popups allow-popups-to-escape-sandbox"
LONGEST = 20_000
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class MailboxServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, store: MailStore, port: int) -> None:
        super().__init__(("127.0.0.1", port), Page)
        self.store = store


class Page(BaseHTTPRequestHandler):
    server: MailboxServer
    protocol_version = "HTTP/1.1"
    server_version = "Beffroi"
    sys_version = ""
    timeout = 20

    def do_GET(self) -> None:
        if not self._is_local():
            return self._html(page.missing(), HTTPStatus.NOT_FOUND)
        url = urlsplit(self.path)
        query = {name: values[-1].strip() for name, values in parse_qs(url.query).items()}
        match url.path.strip("/").split("/"):
            case [""]:
                number = query.get("page", "1")
                to = query.get("to", "")
                return self._html(
                    page.listing(self.server.store.mails(to), to, max(1, int(number.isdecimal() and number)))
                )
            case ["mailbox.css"]:
                return self._send(STYLESHEET.read_bytes(), "text/css; charset=utf-8")
            case ["api", "messages"]:
                found = self.server.store.mails(query.get("to", ""))[: page.PER_PAGE]
                return self._send(json.dumps([_facts(mail) for mail in found]).encode(), "application/json")
            case ["courriel", identifier, *rest]:
                if mail := self.server.store.get(identifier):
                    return self._mail(mail, rest)
        return self._html(page.missing(), HTTPStatus.NOT_FOUND)

    def _is_local(self) -> bool:
        """A page of the Web that points its own name at 127.0.0.1 sends that name here, and reads nothing."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        return host in LOOPBACK or host.endswith(".localhost")

    def do_POST(self) -> None:
        """What Beffroi hands over as SMS; a page of the Web cannot send JSON here without asking first."""
        length = self.headers.get("Content-Length", "")
        known = (
            self._is_local()
            and urlsplit(self.path).path == sms.PATH
            and self.headers.get_content_type() == "application/json"
        )
        if not known or not length.isdecimal() or int(length) > LONGEST:
            self.close_connection = True
            self._html(page.missing(), HTTPStatus.NOT_FOUND)
            return
        status, said = sms.taken(self.server.store, self.rfile.read(int(length)))
        self._send(json.dumps(said).encode(), "application/json", HTTPStatus(status))

    def _mail(self, mail: Mail, rest: list[str]) -> None:
        match rest:
            case []:
                return self._html(page.one(mail))
            case ["page"] if mail.html:
                return self._html(page.body(mail), policy=FRAMED)
            case ["piece", number] if number.isdecimal() and int(number) < len(mail.attachments):
                attachment = mail.attachments[int(number)]
                name = f"attachment; filename*=utf-8''{quote(attachment.name, safe='')}"
                return self._send(attachment.content, "application/octet-stream", disposition=name)
        return self._html(page.missing(), HTTPStatus.NOT_FOUND)

    def _html(self, text: str, status: HTTPStatus = HTTPStatus.OK, policy: str = NOT_FRAMED) -> None:
        self._send(text.encode(), "text/html; charset=utf-8", status, policy)

    def _send(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        policy: str = NOT_FRAMED,
        disposition: str = "",
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if disposition:
            self.send_header("Content-Disposition", disposition)
        self.end_headers()
        self.wfile.write(content)


def _facts(mail: Mail) -> dict[str, object]:
    return {
        "id": mail.id,
        "received": mail.received.isoformat(),
        "from": mail.sender,
        "to": list(mail.recipients),
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "attachments": [attachment.name for attachment in mail.attachments],
    }
