"""What leaves for Sentry, read on the wire by a server that speaks its protocol."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import brotli
import pytest
import sentry_sdk
from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.telemetry.errors import start
from core.telemetry.place import Act, act
from core.tenancy.context import enter
from tests.cast import Cast

SECRETS = ("jeanne.martin@exemple.fr", "06 12 34 56 78", "un secret de la personne")


class Collector(BaseHTTPRequestHandler):
    received: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        open_body = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("Content-Encoding", ""))
        self.received.append((open_body(body) if open_body else body).decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def wire() -> Iterator[list[str]]:
    Collector.received = []
    server = HTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        start(f"http://key@127.0.0.1:{server.server_port}/1", "test")
        yield Collector.received
    finally:
        sentry_sdk.get_client().close(timeout=5)
        sentry_sdk.get_global_scope().set_client(None)
        server.shutdown()
        thread.join()
        server.server_close()


def event(sent: list[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in "\n".join(sent).splitlines() if line.startswith("{")]
    found: dict[str, Any] = next(line for line in lines if "exception" in line)
    return found


def test_an_error_names_the_commune_and_the_module_and_nobody(cast: Cast, wire: list[str]) -> None:
    secret = SECRETS[2]
    token = act.set(Act("a1", "actualites/", "news", "space"))
    try:
        with enter(cast.aubin.schema_name):
            sentry_sdk.set_user({"email": SECRETS[0], "id": "7"})
            assert secret
            raise ValueError(f"{SECRETS[0]} ({SECRETS[1]}) could not be called")
    except ValueError as error:
        with enter(cast.aubin.schema_name):
            sentry_sdk.capture_exception(error)
    finally:
        act.reset(token)
    sentry_sdk.flush(5)
    assert event(wire)["tags"] == {
        "commune": cast.aubin.insee,
        "act": "a1",
        "route": "actualites/",
        "module": "news",
        "site": "space",
    }
    assert not [leak for leak in SECRETS if leak in "".join(wire)]


def test_the_databases_own_words_name_nobody(cast: Cast, wire: list[str]) -> None:
    with enter(cast.aubin.schema_name):
        try:
            with transaction.atomic():
                User.objects.create(email=cast.aubin.resident.email)
        except IntegrityError as error:
            sentry_sdk.capture_exception(error)
    sentry_sdk.flush(5)
    assert "unique" in "".join(wire)
    assert cast.aubin.resident.email not in "".join(wire)
