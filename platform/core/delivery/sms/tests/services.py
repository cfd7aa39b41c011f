"""Both providers, as their documentation says they speak, on a port of the moment. Each takes every number but those it
was told to refuse, and keeps what it took."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Answer = tuple[int, dict[str, str], Any]
TAKEN = "taken"


@dataclass
class Service:
    """`script`: what is answered next, in order, instead of what would be; SILENT hangs up after having read."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    script: list[Answer | str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)


SILENT = "silent"


@dataclass
class Services:
    origin: str = ""
    ovh: Service = field(default_factory=Service)
    brevo: Service = field(default_factory=Service)
    ahead: int = 0  # how far OVHcloud's clock is from ours
    lock: Lock = field(default_factory=Lock)

    @property
    def ovh_endpoint(self) -> str:
        return f"{self.origin}/1.0"

    @property
    def brevo_endpoint(self) -> str:
        return f"{self.origin}/v3"

    def heard(self, path: str, headers: Any, body: str) -> tuple[Answer, bool]:
        """What is answered to a request, and whether it is kept back."""
        service = self.ovh if path.startswith("/1.0/") else self.brevo
        service.asked += 1
        answer = service.script.pop(0) if service.script else TAKEN
        if not isinstance(answer, str):
            return answer, False
        speak = self.of_ovh if service is self.ovh else self.of_brevo
        return speak(path, headers, body), answer == SILENT

    def of_ovh(self, path: str, headers: Any, body: str) -> Answer:
        """https://docs.ovhcloud.com/en/guides/manage-operate/api/first-steps: the signature, and the job's answer."""
        moment = headers["X-Ovh-Timestamp"]
        if abs(int(moment) - int(time.time()) - self.ahead) > 30:
            return 400, {}, {"message": "Invalid timestamp", "errorCode": "QUERY_TIME_OUT"}
        said = "+".join(["the-secret", headers["X-Ovh-Consumer"], "POST", self.origin + path, body, moment])
        if headers["X-Ovh-Signature"] != f"$1${sha1(said.encode()).hexdigest()}":  # noqa: S324 - the protocol
            return 400, {}, {"message": "Invalid signature", "errorCode": "INVALID_SIGNATURE"}
        if headers["X-Ovh-Application"] != "the-application" or path != "/1.0/sms/sms-ab12345-1/jobs":
            return 403, {}, {"message": "This call has not been granted", "errorCode": "NOT_GRANTED_CALL"}
        job = json.loads(body)
        (number,) = job["receivers"]
        if number in self.ovh.refuses:
            return 200, {}, {"totalCreditsRemoved": 0, "invalidReceivers": [number], "ids": [], "validReceivers": []}
        self.ovh.taken.append(job)
        ids = [26929925 + len(self.ovh.taken)]
        return 200, {}, {"totalCreditsRemoved": 1, "invalidReceivers": [], "ids": ids, "validReceivers": [number]}

    def of_brevo(self, path: str, headers: Any, body: str) -> Answer:
        """https://developers.brevo.com/docs/transactional-sms-endpoints."""
        if headers["api-key"] != "the-key":
            return 401, {}, {"code": "unauthorized", "message": "Key not found"}
        if path != "/v3/transactionalSMS/send":
            return 404, {}, {"code": "not_found", "message": "no such path"}
        sms = json.loads(body)
        if sms["recipient"] in self.brevo.refuses:
            return 400, {}, {"code": "invalid_parameter", "message": "Invalid telephone number"}
        self.brevo.taken.append(sms)
        return 201, {}, {"messageId": 1511882900176220 + len(self.brevo.taken)}


def _handler(services: Services) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(200, {}, int(time.time()) + services.ahead)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with services.lock:
                answer, silent = services.heard(self.path, self.headers, body)
            if silent:
                self.close_connection = True
            else:
                self._answer(*answer)

        def _answer(self, status: int, headers: dict[str, str], said: Any) -> None:
            data = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    return Handler


@contextmanager
def serving() -> Iterator[Services]:
    services = Services()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(services))
    server.daemon_threads = True
    services.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
