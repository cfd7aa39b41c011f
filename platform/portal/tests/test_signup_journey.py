"""A mairie opens its space by itself: the way through, and every way beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from core.audit.models import Entry
from core.catalogue import Role
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from modules.presentation.models import Page
from portal.signup.terms import VERSION
from portal.tests.journey import EMAIL, Journey, mails_to, text
from tenants.models import Commune, Mandate, ModuleSwitch, Signup, Space
from tenants.switches import entitled_modules
from tests.cast import Cast

On = Callable[[str], Client]


@pytest.fixture
def journey(cast: Cast, client_on: On) -> Journey:
    return Journey(client_on(cast.portal_host), cast.calme_insee)


def test_a_mairie_opens_its_space_and_lands_signed_in(cast: Cast, client_on: On, journey: Journey) -> None:
    assert f'href="/ouvrir/{cast.calme_insee}/"' in text(journey.client.get("/ouvrir/", {"q": "calme"}))
    assert journey.begin().headers["Location"] == "/ouvrir/modules/"
    assert journey.choose().headers["Location"] == "/ouvrir/vous/"
    assert journey.introduce().headers["Location"] == "/ouvrir/contrat/"
    assert "Claire Martin accepte, au nom de la commune de Calme" in text(journey.client.get("/ouvrir/contrat/"))
    assert journey.accept().headers["Location"] == "/ouvrir/code/"
    landing = journey.type(journey.code()).headers["Location"]
    host = f"https://{cast.calme_host}"
    assert landing.startswith(f"{host}/arrivee/?jeton=")
    browser = client_on(cast.calme_host)
    assert browser.get(landing.removeprefix(host)).status_code == 200
    arrived = browser.post("/arrivee/", {"jeton": landing.partition("=")[2]})
    assert arrived.headers["Location"] == "/mairie/"
    assert browser.get("/mairie/").status_code == 200


def test_an_opened_space_waits_for_its_mandate_and_says_who_opened_it(cast: Cast, journey: Journey) -> None:
    journey.until_code()
    journey.choose("presentation")
    journey.type(journey.code())
    signup = Signup.objects.get()
    space = Space.objects.get(commune_id=cast.calme_insee)
    assert (signup.space, space.state) == (space, Space.State.PENDING)
    assert signup.completed_at and (signup.terms_version, signup.email) == (VERSION, EMAIL)
    assert not Mandate.objects.get(signup=signup).used_official_mailbox
    assert entitled_modules(space) == {"alerts", "news", "presentation"}
    assert set(ModuleSwitch.objects.filter(space=space).values_list("module", "author")) == {("presentation", EMAIL)}
    with enter(space.schema_name):
        user = User.objects.get()
        assert (user.email, user.name, user.roles) == (EMAIL, "Claire Martin", {Role.ADMINISTRATOR})
        assert user.verified_at
        assert Entry.objects.filter(verb="tenants.opened", author=EMAIL).count() == 1
        assert Page.objects.count() == 1
    with entered(OPERATOR):
        assert Entry.objects.get(verb="tenants.opened").target == "Calme (23)"


def test_the_official_mailbox_is_noted_and_not_warned_of_itself(cast: Cast, client_on: On) -> None:
    journey = Journey(client_on(cast.portal_host), cast.calme_insee, email="mairie@calme.example")
    assert "mairie@calme.example" in text((journey.begin(), journey.choose(), journey.client.get("/ouvrir/vous/"))[2])
    journey.finish()
    assert Mandate.objects.get().used_official_mailbox
    assert len(mails_to("mairie@calme.example")) == 1


def test_the_official_mailbox_hears_of_a_space_opened_with_another_address(cast: Cast, journey: Journey) -> None:
    journey.until_code()
    assert mails_to("mairie@calme.example") == []
    journey.type(journey.code())
    (warning,) = mails_to("mairie@calme.example")
    assert "Claire Martin (Secrétaire de mairie)" in warning.text
    assert warning.reply_to == "contact@beffroi.test"
    assert journey.code() not in warning.text + warning.html


def test_a_commune_whose_mailbox_nobody_knows_opens_too(cast: Cast, journey: Journey) -> None:
    Commune.objects.filter(pk=cast.calme_insee).update(official_email="")
    assert journey.finish().status_code == 302
    assert not Mandate.objects.get().used_official_mailbox


@pytest.mark.parametrize(
    ("step", "answers", "sentence"),
    [
        ("begin", {"team": ""}, "Écrivez un nombre, même approximatif."),
        ("begin", {"team": "0"}, "Écrivez au moins 1"),
        ("begin", {"team": "3,5"}, "Écrivez un nombre entier"),
        ("begin", {"team": "100000"}, "au plus quatre chiffres"),
        ("begin", {"hours": "200"}, "168 heures"),
        ("begin", {"hours": "-1"}, "de 0 à 168"),
        ("begin", {"hours": "\0"}, "nombre entier d’heures"),
        ("begin", {"want": "gold"}, "une des réponses proposées"),
        ("begin", {"want": ""}, "Choisissez une réponse."),
        ("introduce", {"name": ""}, "votre prénom et votre nom"),
        ("introduce", {"name": "x" * 121}, "120 caractères"),
        ("introduce", {"name": "Claire www.mechant.example"}, "lettres"),
        ("introduce", {"name": "<b>Claire</b>"}, "lettres"),
        ("introduce", {"capacity": "emperor"}, "une des réponses proposées"),
        ("introduce", {"email": "claire"}, "adresse complète"),
        ("introduce", {"email": "claire@exemple.fr\nBcc: x@y.fr"}, "adresse complète"),
    ],
)
def test_what_is_mistyped_is_said_in_words_and_comes_back(
    journey: Journey, step: str, answers: dict[str, str], sentence: str
) -> None:
    if step == "introduce":
        journey.begin()
        journey.choose()
    response = getattr(journey, step)(**answers)
    assert response.status_code == 422
    page = text(response)
    assert "À corriger avant de continuer" in page and sentence in page
    assert 'value="12"' in page if step == "begin" and "hours" not in answers else True
    assert 'value="claire@exemple.fr"' in page if step == "introduce" and "email" not in answers else True
    assert not Signup.objects.exclude(name="").exists()


@pytest.mark.parametrize("name", ["Jean-Pierre d’Êtremont", "M. l'Hôte", "J.-P. Noël", "Zoë Ãõ", "李 小龙"])
def test_real_names_are_taken(journey: Journey, name: str) -> None:
    journey.begin()
    journey.choose()
    assert journey.introduce(name=f"  {name}  ").status_code == 302
    assert Signup.objects.get().name == name


@pytest.mark.parametrize("modules", [[], ["zzz"], ["news", "zzz"]])
def test_modules_come_from_the_catalogue_and_there_is_at_least_one(journey: Journey, modules: list[str]) -> None:
    journey.begin()
    response = journey.client.post("/ouvrir/modules/", {"modules": modules})
    assert response.status_code == 422
    assert "À corriger avant de continuer" in text(response)
    assert Signup.objects.get().modules == []


def test_nothing_is_accepted_without_the_button(journey: Journey) -> None:
    for step in (journey.begin, journey.choose, journey.introduce):
        step()
    response = journey.client.post("/ouvrir/contrat/", {})
    assert response.status_code == 422
    assert Signup.objects.get().terms_accepted_at is None
    assert mails_to(EMAIL) == []


def test_a_step_cannot_be_jumped(journey: Journey) -> None:
    journey.begin()
    for path in ("vous", "contrat", "code"):
        assert journey.client.get(f"/ouvrir/{path}/").headers["Location"] == "/ouvrir/modules/"
        assert journey.client.post(f"/ouvrir/{path}/", {"accept": "1"}).headers["Location"] == "/ouvrir/modules/"
    journey.choose()
    assert journey.client.get("/ouvrir/code/").headers["Location"] == "/ouvrir/vous/"
    journey.introduce()
    assert journey.client.get("/ouvrir/code/").headers["Location"] == "/ouvrir/contrat/"


def test_going_back_shows_what_was_answered(journey: Journey) -> None:
    journey.until_code()
    assert 'value="12"' in text(journey.client.get(f"/ouvrir/{journey.insee}/"))
    assert "checked" in text(journey.client.get("/ouvrir/modules/"))
    assert 'value="Claire Martin"' in text(journey.client.get("/ouvrir/vous/"))
    assert journey.client.get("/ouvrir/code/").status_code == 200


def test_other_answers_make_other_proposals(journey: Journey) -> None:
    journey.begin()
    journey.choose("news")
    journey.begin()
    assert Signup.objects.get().modules == ["news"]
    journey.begin(hours="2")
    assert Signup.objects.get().modules == []


def test_somebody_else_accepts_again(journey: Journey) -> None:
    journey.until_code()
    journey.introduce(name="Paul Petit")
    assert Signup.objects.get().terms_accepted_at is None
    assert journey.client.get("/ouvrir/code/").headers["Location"] == "/ouvrir/contrat/"


def test_terms_that_changed_meanwhile_are_accepted_again(journey: Journey) -> None:
    journey.until_code()
    Signup.objects.update(terms_version="2020-01")
    assert journey.type(journey.code()).headers["Location"] == "/ouvrir/contrat/"
    assert not Space.objects.filter(commune_id=journey.insee).exists()


@pytest.mark.parametrize(("path", "articles"), [("/conditions/", 11), ("/contrat-de-sous-traitance/", 7)])
def test_the_accepted_texts_are_read_by_anyone_in_the_version_in_force(
    cast: Cast, client_on: On, path: str, articles: int
) -> None:
    page = text(client_on(cast.portal_host).get(path))
    assert f"Version {VERSION}" in page
    assert "contact@beffroi.test" in page
    assert f"<h2>{articles}. " in page


def test_a_commune_that_is_not_in_the_directory_is_not_found(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    assert portal.get("/ouvrir/99999/").status_code == 404
    assert portal.post("/ouvrir/zz-zz/", {}).status_code == 404


@pytest.mark.parametrize("query", ["bellevile", "%", "\0", "z" * 200, ""])
def test_the_search_for_ones_mairie_bears_anything(cast: Cast, client_on: On, query: str) -> None:
    assert client_on(cast.portal_host).get("/ouvrir/", {"q": query, "page": "x"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/ouvrir/23031/", "/ouvrir/modules/", "/ouvrir/vous/", "/ouvrir/contrat/", "/ouvrir/code/"]
)
def test_no_page_of_an_opening_is_kept_by_a_cache_or_asks_much_of_the_database(
    journey: Journey, django_assert_max_num_queries: Any, path: str
) -> None:
    journey.until_code()
    with django_assert_max_num_queries(4):
        response = journey.client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
