"""How much strangers may ask of the portal."""

from collections.abc import Callable

from django.test import Client

from portal.tests.journey import QUESTIONS, Journey, mails_to, text
from tenants.models import Commune, OpeningWatch, Signup
from tests.cast import Cast

On = Callable[[str], Client]


def test_one_connection_does_not_begin_openings_without_end(cast: Cast, client_on: On) -> None:
    statuses = []
    for _ in range(31):
        browser = client_on(cast.portal_host)
        response = browser.post(f"/ouvrir/{cast.calme_insee}/", QUESTIONS)
        statuses.append(response.status_code)
    assert statuses == [302] * 30 + [429]
    assert "Trop de demandes" in text(response)
    assert 'value="12"' in text(response)
    assert Signup.objects.count() == 30


def test_one_mailbox_is_not_filled_with_codes_by_many_openings(cast: Cast, client_on: On) -> None:
    answers = []
    for _ in range(12):
        journey = Journey(client_on(cast.portal_host), cast.calme_insee)
        journey.client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{len(answers)}"
        journey.begin()
        journey.choose()
        journey.introduce()
        answers.append(journey.accept())
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert "Trop de demandes" in text(answers[-1])
    assert len(mails_to("claire@exemple.fr")) == 10


def test_one_connection_does_not_try_codes_without_end(cast: Cast, client_on: On) -> None:
    journey = Journey(client_on(cast.portal_host), cast.calme_insee).until_code()
    statuses = {journey.type(journey.wrong_code()).status_code for _ in range(60)}
    assert statuses == {422}
    assert journey.type(journey.code()).status_code == 429


def test_one_connection_does_not_ask_for_codes_without_end(cast: Cast, client_on: On) -> None:
    journey = Journey(client_on(cast.portal_host), cast.calme_insee).until_code()
    answers = [journey.client.post("/ouvrir/code/", {"renvoyer": "1"}) for _ in range(11)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert "attendez une heure" in text(answers[-1])


def test_one_address_is_not_written_to_by_every_commune(cast: Cast, client_on: On) -> None:
    answers = []
    for number in range(7):
        slug = f"hameau-{number}"
        Commune.objects.create(insee=f"2304{number}", name=slug, folded=slug, slug=slug, departement="23")
        browser = client_on(f"{slug}.beffroi.test")
        browser.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}"
        answers.append(browser.post("/prevenir/", {"email": "anna@exemple.fr"}))
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert "Trop de demandes" in text(answers[-1])
    assert len(mails_to("anna@exemple.fr")) == OpeningWatch.objects.count() == 5
