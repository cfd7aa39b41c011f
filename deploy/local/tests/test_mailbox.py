"""The demo's letter box: what it accepted is kept, what it shows is harmless."""

import json
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import SimpleQueue
from typing import Any, cast

import pytest

from deploy.local.address import Address
from deploy.local.letters import Letters
from deploy.local.mailbox.store import MailStore
from deploy.local.mailbox.web import MailboxServer
from deploy.local.visitor import Visitor


def _mail(subject: str = "Votre code", text: str = "Le code est 123456.", html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Mairie <a@b.example>", "x@y.example", subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.fixture
def store(tmp_path: Path) -> MailStore:
    return MailStore(tmp_path / "mail")


@pytest.fixture
def port(store: MailStore) -> Iterator[int]:
    server = MailboxServer(store, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def _get(port: int, path: str, host: str = "localhost") -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read().decode()
    finally:
        connection.close()


def test_a_kept_mail_is_there_after_a_restart(store: MailStore) -> None:
    kept = store.add(_mail(), "a@b.example", ["X@Y.example"])
    again = MailStore(store.folder)
    mail = again.get(kept)
    assert mail is not None
    assert (mail.subject, mail.recipients) == ("Votre code", ("x@y.example",))
    assert [found.id for found in again.mails("x@y.example")] == [kept]
    assert again.mails("z@y.example") == []


def test_the_newest_mail_comes_first(store: MailStore) -> None:
    kept = [store.add(_mail(f"Numéro {number}"), "a@b.example", ["x@y.example"]) for number in range(3)]
    assert [mail.id for mail in store.mails()] == kept[::-1]


def test_an_identifier_that_is_a_path_finds_nothing(store: MailStore) -> None:
    (store.folder.parent / "secret.eml").write_bytes(_mail())
    assert store.get("../secret") is None


def test_nothing_of_a_mail_reaches_the_page_unescaped(store: MailStore, port: int) -> None:
    kept = store.add(
        _mail("<script>1</script>", "<b>voir</b> https://a.example/?a=1&b=2."), "a@b.example", ["x@y.example"]
    )
    for path in ("/", f"/courriel/{kept}"):
        status, headers, page = _get(port, path)
        assert status == 200
        assert "<script>" not in page and "<b>voir" not in page
        assert headers["content-security-policy"].startswith("default-src 'none'")
    assert '<a href="https://a.example/?a=1&amp;b=2" rel="noreferrer">' in page
    assert "démonstration" in page


def test_a_mails_own_page_runs_in_a_sandbox(store: MailStore, port: int) -> None:
    kept = store.add(_mail(html="<p>Bonjour<script>1</script>"), "a@b.example", ["x@y.example"])
    status, headers, page = _get(port, f"/courriel/{kept}/page")
    assert (status, '<base target="_blank">' in page) == (200, True)
    assert "script-src" not in headers["content-security-policy"]
    assert "sandbox allow-popups" in headers["content-security-policy"]


def test_a_page_of_the_web_that_points_its_name_here_reads_nothing(store: MailStore, port: int) -> None:
    store.add(_mail(), "a@b.example", ["x@y.example"])
    assert _get(port, "/api/messages", host="evil.example")[0] == 404
    status, _headers, body = _get(port, "/api/messages?to=x@y.example")
    assert (status, json.loads(body)[0]["subject"]) == (200, "Votre code")


def test_what_is_not_there_is_not_found(port: int) -> None:
    for path in ("/courriel/1", "/courriel/1/page", "/api/", "/x", "/?page=0"):
        assert _get(port, path)[0] == (200 if path.startswith("/?") else 404)


def test_the_walk_reads_the_code_that_came_after_it_began_to_look(store: MailStore, port: int) -> None:
    store.add(_mail(text="Ancien code : 111111."), "a@b.example", ["x@y.example"])
    letters = Letters(Visitor(Address(mailbox_url=f"http://localhost:{port}/")), "x@y.example")
    store.add(_mail(text="Sans code, mais 12345678."), "a@b.example", ["x@y.example"])
    store.add(_mail(text="Nouveau code : 222222."), "a@b.example", ["x@y.example"])
    store.add(_mail(text="Pour une autre : 333333."), "a@b.example", ["z@y.example"])
    assert letters.code() == "222222"


def _post(port: int, body: str, kind: str = "application/json", host: str = "localhost") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Host": f"{host}:{port}", "Content-Type": kind}
        connection.request("POST", "/v3/transactionalSMS/send", body.encode(), headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_an_sms_is_kept_as_a_letter_to_its_number(store: MailStore, port: int) -> None:
    sms = {"recipient": "262639980011", "content": "123456 : votre code", "sender": "0639980000"}
    status, said = _post(port, json.dumps(sms))
    assert status == 201
    assert json.loads(said)["messageId"]
    (kept,) = store.mails("06 39 98 00 11")
    assert kept.text.strip() == "123456 : votre code"
    assert kept.recipients == ("+262639980011",)
    assert "123456 : votre code" in _get(port, "/?to=06%2039%2098%2000%2011")[2]
    assert not store.mails("06 39 98 00 12")


@pytest.mark.parametrize(
    ("body", "kind", "host", "wanted"),
    [
        ("{}", "application/json", "localhost", 400),
        ("bonjour", "application/json", "localhost", 400),
        ('{"recipient": "a", "content": "b", "sender": "c"}', "application/json", "localhost", 400),
        ('{"recipient": "1", "content": "b", "sender": "c"}', "text/plain", "localhost", 404),
        ('{"recipient": "1", "content": "b", "sender": "c"}', "application/json", "evil.example", 404),
        ("x" * 20_001, "application/json", "localhost", 404),
    ],
)
def test_what_is_no_sms_of_ours_is_not_kept(
    body: str, kind: str, host: str, wanted: int, store: MailStore, port: int
) -> None:
    assert _post(port, body, kind, host)[0] == wanted
    assert not store.mails()


class _Beffroi(BaseHTTPRequestHandler):
    """Takes what the letter box tells."""

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        cast(Any, self.server).told.put((self.path, self.headers["Host"], told))
        self.send_response(204)
        self.end_headers()


def test_an_sms_is_told_to_have_come_to_this_machine_only(store: MailStore, port: int) -> None:
    server: Any = HTTPServer(("127.0.0.1", 0), _Beffroi)
    server.told = SimpleQueue()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sms = {"recipient": "262639980011", "content": "Bonjour", "sender": "0639980000"}
    try:
        for host in ("beffroi.example", "evillocalhost", "beffroi.localhost"):
            _post(port, json.dumps(sms | {"webUrl": f"http://{host}:{server.server_port}/sms/brevo/secret/"}))
        path, host, told = server.told.get(timeout=30)
    finally:
        server.shutdown()
        server.server_close()
    assert (path, host) == ("/sms/brevo/secret/", f"beffroi.localhost:{server.server_port}")
    assert (told["msg_status"], told["to"]) == ("delivered", "262639980011")
    assert server.told.empty()
