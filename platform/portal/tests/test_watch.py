"""A resident of a commune without a space leaves an address, proves it, and takes it back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.tests.journey import mails_to, text
from tenants.models import Commune, OpeningWatch, Space
from tenants.opening import open_space
from tests.cast import Cast

On = Callable[[str], Client]
ANNA = "anna@exemple.fr"


def path(kind: str, number: int = -1) -> str:
    found = re.search(rf"https://[^/\s]+(/prevenir/{kind}/\S+/)", mails_to(ANNA)[number].text)
    assert found
    return found[1]


def leave(browser: Client, email: str = ANNA) -> Any:
    return browser.post("/prevenir/", {"email": email})


def test_a_resident_is_told_once_the_address_is_proved(cast: Cast, client_on: On) -> None:
    calme, portal = client_on(cast.calme_host), client_on(cast.portal_host)
    answer = leave(calme)
    assert answer.headers["Location"] == "/prevenir/envoye/"
    assert "regardez vos e-mails" in text(calme.get("/prevenir/envoye/"))
    assert "l’espace de Calme" in text(portal.get(path("confirmer")))
    assert OpeningWatch.objects.get().confirmed_at is None
    assert "C’est noté" in text(portal.post(path("confirmer")))
    assert OpeningWatch.objects.get().confirmed_at


def test_a_link_is_followed_by_programs_and_pressed_by_people(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    leave(client_on(cast.calme_host))
    for method in (portal.get, portal.head):
        method(path("confirmer"))
        method(path("arreter"))
    assert OpeningWatch.objects.filter(confirmed_at=None).count() == 1
    assert "effacée" in text(portal.post(path("arreter")))
    assert not OpeningWatch.objects.exists()
    assert "effacée" in text(portal.post(path("arreter")))


def test_the_same_answer_is_given_for_every_address(cast: Cast, client_on: On) -> None:
    calme = client_on(cast.calme_host)
    first = leave(calme)
    client_on(cast.portal_host).post(path("confirmer"))
    again = leave(calme)
    assert (first.status_code, first.headers["Location"]) == (again.status_code, again.headers["Location"])
    assert first.content == again.content


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a\0@exemple.fr", "x" * 250 + "@exemple.fr"])
def test_a_mistyped_address_comes_back_with_a_sentence(cast: Cast, client_on: On, email: str) -> None:
    response = leave(client_on(cast.calme_host), email)
    assert response.status_code == 422
    assert "À corriger avant de continuer" in text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert not OpeningWatch.objects.exists()


@pytest.mark.parametrize("kind", ["confirmer", "arreter"])
@pytest.mark.parametrize("word", ["x", "x:y", "é", "a" * 400])
def test_a_link_that_is_not_ours_says_so(cast: Cast, client_on: On, kind: str, word: str) -> None:
    portal = client_on(cast.portal_host)
    for response in (portal.get(f"/prevenir/{kind}/{word}/"), portal.post(f"/prevenir/{kind}/{word}/")):
        assert response.status_code == 410
        assert "Ce lien n’est plus bon" in text(response)


def test_the_page_of_an_unopened_commune_invites_its_mairie_and_its_residents(cast: Cast, client_on: On) -> None:
    page = text(client_on(cast.calme_host).get("/"))
    assert f'href="https://{cast.portal_host}/ouvrir/{cast.calme_insee}/"' in page
    assert 'action="/prevenir/"' in page
    assert "Cette page n’est pas celle de la mairie" in page
    assert client_on(cast.calme_host).get("/prevenir/").headers["Location"] == "/"


def test_a_page_left_open_leads_to_the_space_that_opened_meanwhile(cast: Cast, client_on: On) -> None:
    for host in (cast.aubin.host, cast.doux.host):
        browser = client_on(host)
        for response in (leave(browser), browser.get("/prevenir/"), browser.get("/prevenir/envoye/")):
            assert response.headers["Location"] == "/"
    assert not OpeningWatch.objects.exists()


def test_residents_of_a_commune_that_waits_for_its_mandate_ask_on_the_portal(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    url = f"/prevenir/{cast.doux.insee}/"
    assert portal.get(url).status_code == 200
    assert portal.post(url, {"email": "anna"}).status_code == 422
    assert portal.post(url, {"email": ANNA}).headers["Location"] == f"{url}envoye/"
    assert portal.get(f"{url}envoye/").status_code == 200
    assert OpeningWatch.objects.get().commune_id == cast.doux.insee
    assert portal.get("/prevenir/99999/").status_code == 404


def test_nobody_waits_for_a_space_that_is_open(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    page = text(portal.post(f"/prevenir/{cast.aubin.insee}/", {"email": ANNA}))
    assert f'href="https://{cast.aubin.host}/"' in page
    assert not OpeningWatch.objects.exists()


def test_who_confirms_after_the_opening_is_led_to_the_space(cast: Cast, client_on: On) -> None:
    leave(client_on(cast.calme_host))
    open_space(Commune.objects.get(pk=cast.calme_insee))
    Space.objects.update(state=Space.State.ACTIVE)
    page = text(client_on(cast.portal_host).post(path("confirmer")))
    assert f'href="https://{cast.calme_host}/"' in page
    assert not OpeningWatch.objects.exists()


def test_no_page_about_waiting_asks_much_of_the_database(
    cast: Cast, client_on: On, django_assert_max_num_queries: Any
) -> None:
    leave(client_on(cast.calme_host))
    for host, address in (
        (cast.calme_host, "/"),
        (cast.calme_host, "/prevenir/envoye/"),
        (cast.portal_host, path("confirmer")),
        (cast.portal_host, path("arreter")),
        (cast.portal_host, f"/prevenir/{cast.doux.insee}/"),
    ):
        browser = client_on(host)
        browser.get(address)
        with django_assert_max_num_queries(4):
            assert browser.get(address).status_code == 200
