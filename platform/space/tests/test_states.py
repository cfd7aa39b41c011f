"""A space that is not open to the public: closed to strangers, open to its staff, readable at least."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.models import User
from core.audit.models import Entry
from core.tenancy.context import enter
from tenants import lifecycle
from tenants.models import Mandate, MandateMessage, Signup
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
PUBLIC_PAGES = ["/", "/recherche/", "/actualites/", "/commune/"]


def suspend(cast: Cast) -> None:
    lifecycle.suspend(space=cast.aubin.space, reason="Facture impayée", author="operator@beffroi.test")


def mandate_of(cast: Cast) -> Mandate:
    signup = Signup.objects.create(commune=cast.doux.space.commune, space=cast.doux.space)
    return Mandate.objects.create(signup=signup)


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_space_that_waits_shows_nothing_to_the_public(path: str, cast: Cast, client_on: On, client_of: Of) -> None:
    for browser in (client_on(cast.doux.host), client_of(cast.doux.resident)):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "La mairie prépare son espace" in answer.content.decode()
        assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_suspended_space_shows_nothing_to_the_public(path: str, cast: Cast, client_on: On) -> None:
    suspend(cast)
    answer = client_on(cast.aubin.host).get(path)
    assert answer.status_code == 503
    assert "Cet espace est suspendu" in answer.content.decode()


def test_programs_are_told_that_a_space_is_closed_in_their_own_shape(cast: Cast, client_on: On) -> None:
    answer = client_on(cast.doux.host).get("/api/v1/actualites/")
    assert answer.json()["error"]["message"].startswith("La mairie prépare son espace")


def test_a_resident_of_a_closed_space_may_sign_out(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.doux.resident)
    assert "Se déconnecter" in browser.get("/").content.decode()
    assert browser.post("/deconnexion/").status_code == 302


def test_staff_of_a_space_that_waits_see_it_and_know_that_they_are_alone(cast: Cast, client_of: Of) -> None:
    page = client_of(cast.doux.editor).get("/").content.decode()
    assert "Seule la mairie voit cette page" in page


def test_staff_of_a_suspended_space_read_and_change_nothing(cast: Cast, client_of: Of) -> None:
    suspend(cast)
    administrator = client_of(cast.aubin.administrator)
    page = administrator.get("/mairie/").content.decode()
    assert "Votre espace est suspendu" in page
    assert "Facture impayée" in page
    assert 'href="mailto:contact@beffroi.test"' in page
    assert "Premiers pas" not in page
    answer = administrator.post("/mairie/habitants/inviter/", {"email": "nouveau@exemple.fr", "role": "editor"})
    assert answer.status_code == 403
    assert "Vous pouvez tout relire, mais rien changer" in answer.content.decode()
    with enter(cast.aubin.schema_name):
        assert not User.objects.filter(email="nouveau@exemple.fr").exists()


@pytest.mark.parametrize(
    "path", ["/theme.css", "/icone.svg", "/manifest.webmanifest", "/connexion/", "/healthz", "/robots.txt"]
)
def test_a_closed_space_still_has_its_colours_and_its_door(path: str, cast: Cast, client_on: On) -> None:
    assert client_on(cast.doux.host).get(path).status_code in {200, 503}
    assert "La mairie prépare" not in client_on(cast.doux.host).get(path).content.decode()


def test_the_mairie_reads_the_operators_question_and_answers(cast: Cast, client_of: Of) -> None:
    mandate = mandate_of(cast)
    browser = client_of(cast.doux.administrator)
    assert "Nous vérifions que vous agissez pour la mairie" in browser.get("/mairie/").content.decode()
    MandateMessage.objects.create(
        mandate=mandate, side=MandateMessage.Side.OPERATOR, author="operator@beffroi.test", text="Qui êtes-vous ?"
    )
    assert "Nous avons une question pour vous" in browser.get("/mairie/").content.decode()
    page = browser.get("/mairie/mandat/").content.decode()
    assert "Qui êtes-vous" in page
    assert "operator@beffroi.test" not in page
    empty = browser.post("/mairie/mandat/", {"text": "  "})
    assert empty.status_code == 422
    assert "Écrivez votre réponse." in empty.content.decode()
    assert browser.post("/mairie/mandat/", {"text": "La secrétaire <b>de</b> mairie."})["Location"] == "/mairie/mandat/"
    page = browser.get("/mairie/mandat/").content.decode()
    assert "La secrétaire &lt;b&gt;de&lt;/b&gt; mairie." in page
    assert "Nous avons une question" not in browser.get("/mairie/").content.decode()
    with enter(cast.doux.schema_name):
        assert Entry.objects.get().verb == "space.mandate_answered"


def test_there_is_no_page_about_a_mandate_once_it_is_settled(cast: Cast, client_of: Of) -> None:
    assert client_of(cast.aubin.administrator).get("/mairie/mandat/")["Location"] == "/mairie/"
