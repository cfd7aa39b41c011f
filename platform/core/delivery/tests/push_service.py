"""A push service and the browser behind it: takes requests over HTTP, checks the signature, opens what is sealed."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.delivery.push.vapid import decoded, encoded, point

AUTH = bytes(range(16))


@dataclass
class PushService:
    """Answers what the test wants for a path, 201 else, and keeps what it took.

    `words` are the bodies of answers, `raw` whole answers that are none. One of `slow` answers once so many were taken.
    With `hangs_up` it ends each connection after one answer, without saying so. `decides` answers instead of all that.
    """

    origin: str = ""
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    words: dict[str, bytes] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    slow: dict[str, int] = field(default_factory=dict)
    decides: Callable[[str], tuple[int, dict[str, str]]] | None = None
    hangs_up: bool = False
    connections: int = 0
    something: Condition = field(default_factory=Condition)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def p256dh(self) -> str:
        return encoded(point(self.key.public_key()))

    @property
    def auth(self) -> str:
        return encoded(AUTH)

    def opened(self, number: int = 0) -> Any:
        """What the browser reads."""
        return json.loads(unseal(self.taken[number][2], self.key, AUTH))


def answering(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            service.connections += 1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with service.something:
                service.taken.append((self.path, dict(self.headers), body))
                service.something.notify_all()
                service.something.wait_for(lambda: len(service.taken) >= service.slow.get(self.path, 0), timeout=5)
                known = service.answers.get(self.path, (201, {}))
                status, headers = service.decides(self.path) if service.decides else known
            self.close_connection = service.hangs_up or self.path in service.raw
            if self.path in service.raw:
                self.wfile.write(service.raw[self.path])
                return
            words = service.words.get(self.path, b"")
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(words))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    return Handler


@contextmanager
def serving() -> Iterator[PushService]:
    service = PushService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), answering(service))
    server.daemon_threads = True
    service.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def unseal(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """The receiver's half of RFC 8291, written from its text."""
    salt, length = body[:16], body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))

    def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)

    secret = derived(auth, shared, b"WebPush: info\0" + point(key.public_key()) + sender, 32)
    content = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(content).decrypt(nonce, sealed, None)
    assert plain[-1:] == b"\x02", "the last record says so"
    return plain[:-1]


def claims_of(headers: dict[str, str]) -> dict[str, Any]:
    """What the platform signs, its signature checked with the key that it shows."""
    parts = dict(part.strip().split("=", 1) for part in headers["Authorization"].removeprefix("vapid ").split(","))
    said, _, signature = parts["t"].rpartition(".")
    numbers = decoded(signature)
    signed = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
    key.verify(signed, said.encode(), ec.ECDSA(SHA256()))
    found: dict[str, Any] = json.loads(decoded(said.split(".")[1]))
    return found
