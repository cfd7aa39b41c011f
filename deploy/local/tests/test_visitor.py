"""The walk's visitor: cookies stay where they were set, redirects are followed, forms are sent as shown."""

import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from deploy.local.address import Address
from deploy.local.forms import forms
from deploy.local.visitor import Unexpected, Visitor

FORM = """
<form method="post" action="envoyer/" enctype="multipart/form-data">
  <input type="hidden" name="jeton" value="a&amp;b"><input name="nom"><input type="submit" name="non" value="x">
  <input type="file" name="image"><textarea name="texte">
Bonjour</textarea>
  <input type="radio" name="role" value="maire"><input type="radio" name="role" value="agent" checked>
  <input type="checkbox" name="modules" value="news" checked><input type="checkbox" name="modules" value="page" checked>
  <input type="checkbox" name="accept">
  <select name="heures"><option value="6">Six</option><option value="12" selected>Douze</option></select>
  <button formaction="publier/">Publier</button><button name="renvoyer" value="1">Renvoyer</button>
</form>
<form action="/chercher"><input type="search" name="q"></form>"""


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/formulaire":
                self._answer(FORM)
            case "/entrer":
                self._answer("", 302, ("Set-Cookie", "session=abc; Path=/; HttpOnly"), ("Location", self._other()))
            case "/sortir":
                self._answer("", 302, ("Set-Cookie", 'session=""; Max-Age=0; Path=/'), ("Location", "/"))
            case "/rond":
                self._answer("", 302, ("Location", "/rond"))
            case _:
                self._answer(f"{self.headers['Host']}|{self.headers.get('Cookie', '')}|{self.path}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(f"{self.path}|{sorted(parse_qs(body, keep_blank_values=True).items())}")

    def _other(self) -> str:
        return f"http://eze.beffroi.localhost:{self.server.server_address[1]}/mairie/"

    def _answer(self, text: str, status: int = 200, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[Address]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Address(port=server.server_address[1])
        server.shutdown()


def test_a_form_is_sent_as_its_page_shows_it() -> None:
    form, search = forms(FORM)
    assert form.filled(nom="Aubin", accept="on") == [
        ("role", "agent"),
        ("modules", "news"),
        ("modules", "page"),
        ("accept", "on"),
        ("heures", "12"),
        ("jeton", "a&b"),
        ("nom", "Aubin"),
        ("texte", "Bonjour"),
    ]
    assert form.choices == {
        "role": ["maire", "agent"],
        "modules": ["news", "page"],
        "accept": ["on"],
        "heures": ["6", "12"],
        "renvoyer": ["1"],
    }
    assert (form.method, form.actions, search.method) == ("post", ["publier/"], "get")


def test_a_field_that_the_form_does_not_have_cannot_be_typed_in() -> None:
    with pytest.raises(LookupError, match="prenom"):
        forms(FORM)[0].filled(prenom="Aubin")


def test_what_is_typed_goes_where_the_button_says(address: Address) -> None:
    visitor = Visitor(address)
    page = visitor.expect(address.url(path="/formulaire"))
    form = page.form("nom", "role", action="publier/")
    assert visitor.send(page, form, nom="Aubin").text.startswith("/envoyer/|")
    sent = visitor.send(page, form, "publier/", nom="Aubin", role="maire", modules=["news"]).text
    assert sent.startswith("/publier/|")
    assert "('role', ['maire'])" in sent and "('modules', ['news'])" in sent
    assert visitor.send(page, page.form("q"), q="Èze").text.endswith("|/chercher?q=%C3%88ze")


def test_a_cookie_is_given_back_to_the_host_that_set_it_and_to_no_other(address: Address) -> None:
    visitor = Visitor(address)
    arrived = visitor.get(address.url("abbeville", "/entrer"))
    assert arrived.text == f"{address.host('eze')}||/mairie/"
    assert visitor.get(address.url("abbeville")).text == f"{address.host('abbeville')}|session=abc|/"
    assert visitor.get(address.url("abbeville", "/sortir")).text == f"{address.host('abbeville')}||/"


def test_an_answer_that_is_not_the_expected_one_is_told(address: Address) -> None:
    visitor = Visitor(address)
    with pytest.raises(Unexpected, match="without an end"):
        visitor.get(address.url(path="/rond"))
    with pytest.raises(Unexpected, match="answered 200 instead of 404"):
        visitor.expect(address.url(), HTTPStatus.NOT_FOUND)
    with pytest.raises(Unexpected, match="no form with code"):
        visitor.get(address.url(path="/formulaire")).form("code")
    with pytest.raises(Unexpected, match="does not answer"):
        Visitor(Address(port=1)).get("http://beffroi.localhost:1/")
