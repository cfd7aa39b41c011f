"""Pages that say what went wrong, whatever the host and whatever is broken."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from core.web.errors import server_error, status_page
from tests.cast import Cast

On = Callable[[str], Client]


@pytest.mark.parametrize("host", ["beffroi.test", "aubin.beffroi.test", "console.beffroi.test", "calme.beffroi.test"])
def test_a_page_that_does_not_exist_says_so_in_the_sites_own_look(host: str, cast: Cast, client_on: On) -> None:
    answer = client_on(host).get("/nulle-part/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in page
    assert "/static/web/css/base.css" in page
    assert 'href="/"' in page
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_fault_of_ours_says_that_it_is_ours(cast: Cast, client_on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("space.views.home.headline", broken)
    browser = client_on(cast.aubin.host)
    browser.raise_request_exception = False
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Elle vient de nous" in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()
    assert "Se connecter" in answer.content.decode()


def test_a_page_that_cannot_be_drawn_falls_back_on_plain_html() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Une erreur s’est produite" in answer.content.decode()
    plain = status_page(RequestFactory().get("/"), 500, "Titre", "Texte", template="no/such.html")
    assert "<h1>Titre</h1>" in plain.content.decode()
    assert 'href="/"' in plain.content.decode()


@pytest.mark.parametrize("host", ["aubin.beffroi.test", "console.beffroi.test"])
def test_signing_in_without_cookies_says_so(host: str, cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"host": host, "x-forwarded-proto": "https"})
    answer = browser.post("/connexion/", {"email": "a@exemple.fr"}, headers={"origin": f"https://{host}"})
    assert answer.status_code == 403
    assert "Votre navigateur refuse nos cookies" in answer.content.decode()
