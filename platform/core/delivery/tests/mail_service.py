"""A mail service that speaks as Brevo's documentation says, on a port of the moment; its events, and Mailjet's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "the-key"
Answer = tuple[int, dict[str, str], Any]


@dataclass
class Service:
    """`script`: what is answered next, in order, instead of taking the e-mail."""

    origin: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    script: list[Answer] = field(default_factory=list)

    def answer(self, path: str, key: str, said: dict[str, Any]) -> Answer:
        """https://developers.brevo.com/reference/sendtransacemail"""
        if key != KEY or path != "/v3/smtp/email":
            return 401, {}, {"code": "unauthorized", "message": "Key not found"}
        if self.script:
            return self.script.pop(0)
        self.taken.append(said)
        return 201, {}, {"messageId": f"<2026{len(self.taken)}@smtp-relay.mailin.fr>"}


def of_brevo(event: str, metadata: Any, reason: str = "", email: str = "camille@exemple.fr") -> dict[str, Any]:
    """https://developers.brevo.com/docs/transactional-webhooks"""
    told = {
        "id": 26224,
        "event": event,
        "email": email,
        "subject": "Crue",
        "date": "2026-11-30 12:00:00",
        "ts": 1796036400,
        "ts_event": 1796036400,
        "ts_epoch": 1796036400000,
        "message-id": "<20261@smtp-relay.mailin.fr>",
        "X-Mailin-custom": metadata if isinstance(metadata, str) else json.dumps(metadata),
        "sending_ip": "192.0.2.1",
        "template_id": 0,
    }
    return told | ({"reason": reason} if reason else {})


def of_mailjet(event: str, metadata: Any, **more: Any) -> dict[str, Any]:
    """https://dev.mailjet.com/email/guides/webhooks/"""
    return {
        "event": event,
        "time": 1796036400,
        "MessageID": 13792286917004336,
        "Message_GUID": "1ab23cd4-e567-8901-2345-6789f0gh1i2j",
        "email": "camille@exemple.fr",
        "mj_campaign_id": 0,
        "mj_contact_id": 1,
        "customcampaign": "",
        "CustomID": "",
        "Payload": json.dumps(metadata),
        **more,
    }


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, answer = service.answer(self.path, self.headers["api-key"], said)
            data = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.origin = f"http://127.0.0.1:{server.server_port}/v3/"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
