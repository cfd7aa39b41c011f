"""Over TLS: only who proves their name is spoken to, and the connection is kept."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from core.delivery.push import connections
from core.delivery.push.connections import Connections

BODY = b"\x00sealed"


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    heard: list[tuple[tuple[str, int], bytes]]

    def do_POST(self) -> None:
        self.heard.append((self.client_address, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *said: object) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    """A client that hangs up on a certificate is what is wanted here: nothing to print."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def certificate(folder: Path, name: str) -> Path:
    """A key and a certificate that it signed itself, for a name."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(key, SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / f"{name}.pem"
    file.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return file


@pytest.fixture(params=["localhost", "ailleurs.example"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def proof(tmp_path: Path, name: str) -> Path:
    return certificate(tmp_path, name)


@pytest.fixture
def service(proof: Path) -> Iterator[ThreadingHTTPServer]:
    class Own(Service):
        heard: list[tuple[tuple[str, int], bytes]] = []

    server = Quiet(("127.0.0.1", 0), Own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(proof)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _trust_is_read_anew() -> Iterator[None]:
    connections._trust.cache_clear()
    yield
    connections._trust.cache_clear()


def test_a_service_is_spoken_to_when_it_proves_its_name_to_who_trusts_it(
    service: ThreadingHTTPServer, name: str, proof: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(proof))
    origin = f"https://localhost:{service.server_address[1]}"
    heard = service.RequestHandlerClass.heard  # type: ignore[attr-defined]
    with Connections() as kept:
        if name != "localhost":
            with pytest.raises(ssl.SSLCertVerificationError):
                kept.post(origin, f"{origin}/send/1", BODY, {"TTL": "60"})
            assert heard == []
            return
        answers = [kept.post(origin, f"{origin}/send/{number}", BODY, {"TTL": "60"}) for number in range(3)]
    assert answers == [(201, "ok", "")] * 3
    assert [body for _, body in heard] == [BODY] * 3
    assert len({where for where, _ in heard}) == 1, "one connection for all"


def test_a_service_that_nobody_trusts_hears_nothing(service: ThreadingHTTPServer) -> None:
    origin = f"https://localhost:{service.server_address[1]}"
    with Connections() as kept, pytest.raises(ssl.SSLCertVerificationError):
        kept.post(origin, f"{origin}/send/1", BODY, {"TTL": "60"})
    assert service.RequestHandlerClass.heard == []  # type: ignore[attr-defined]
