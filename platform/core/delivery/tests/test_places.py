"""Whoever is told chooses the parts of the commune that concern them: a person, a device, a number."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from core.accounts.models import User
from core.delivery.following import follow, followed
from core.delivery.models import Device, FollowedArea, SmsConsent
from core.delivery.sms.counter import enter_number
from core.delivery.sms.tests.conftest import in_aubin, providers
from core.delivery.sms.tests.test_telephone import CHOICES, NUMBER, join, prove
from core.delivery.tests.test_announcing import KEY
from core.delivery.tests.test_devices import ADD, GIVEN
from core.territory.models import Area
from tests.cast import Cast

__all__ = ["in_aubin", "providers"]
PREFERENCES = "/compte/avertissements/"
On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture(autouse=True)
def _ready(in_aubin: None, settings: Any) -> Iterator[None]:
    settings.VAPID_PRIVATE_KEY = KEY
    cache.clear()
    yield
    cache.clear()


def area(name: str, **more: Any) -> Area:
    ring = [[45.01, 4.01], [45.01, 4.02], [45.02, 4.02], [45.01, 4.01]]
    box = {"south": 45.01, "west": 4.01, "north": 45.02, "east": 4.02}
    return Area.objects.create(name=name, kind="hamlet", polygon=[ring], author="a@exemple.fr", **box, **more)


def author(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.administrator.id)


def test_a_commune_that_named_no_place_offers_none(cast: Cast, client_on: On, client_of: Of) -> None:
    assert "ces lieux" not in client_of(cast.aubin.resident).get(PREFERENCES).content.decode()
    assert "ces lieux" not in client_on(cast.aubin.host).get("/avertissements/").content.decode()


def test_a_person_follows_places_and_stops(cast: Cast, client_of: Of) -> None:
    combe, port = area("La Combe"), area("Le Port")
    browser, user = client_of(cast.aubin.resident), User.objects.get(pk=cast.aubin.resident.id)
    assert "checked" not in browser.get(PREFERENCES).content.decode()
    assert browser.post(PREFERENCES, {"areas": [combe.pk, port.pk]}).status_code == 302
    assert list(followed(user)) == [combe, port]
    browser.post(PREFERENCES, {"areas": [port.pk]})
    assert list(followed(user)) == [port]
    browser.post(PREFERENCES, {})
    assert not FollowedArea.objects.exists()


@pytest.mark.parametrize("typed", ["bonjour", "0199aaaa-0000-7000-8000-000000000000"])
def test_a_place_that_is_not_offered_is_refused_and_nothing_changes(typed: str, cast: Cast, client_of: Of) -> None:
    area("La Combe")
    answer = client_of(cast.aubin.resident).post(PREFERENCES, {"news-email": "on", "areas": [typed]})
    assert answer.status_code == 422
    assert "n’est plus proposé" in answer.content.decode()
    assert not User.objects.get(pk=cast.aubin.resident.id).consents.exists()


def test_a_closed_place_stays_with_who_follows_it_and_is_offered_to_nobody_else(cast: Cast, client_of: Of) -> None:
    closed, user = area("La Combe"), User.objects.get(pk=cast.aubin.resident.id)
    follow(user, [closed])
    Area.objects.update(closed_at=user.joined_at)
    assert "La Combe" in client_of(cast.aubin.resident).get(PREFERENCES).content.decode()
    assert "La Combe" not in client_of(cast.aubin.editor).get(PREFERENCES).content.decode()


def test_a_device_without_an_account_follows_and_is_told_what_it_chose(cast: Cast, client_on: On) -> None:
    combe = area("La Combe")
    browser = client_on(cast.aubin.host)
    browser.post(ADD, {**GIVEN, "areas": [combe.pk]})
    assert list(followed(Device.objects.get())) == [combe]
    said = browser.post("/avertissements/choix/", {"endpoint": GIVEN["endpoint"]})
    assert json.loads(said.content) == {"ticked": ["id_news-push"], "areas": [str(combe.pk)]}
    other = browser.post("/avertissements/choix/", {"endpoint": "https://fcm.googleapis.com/fcm/send/autre"})
    assert json.loads(other.content) == {"ticked": []}


def test_what_a_persons_device_is_told_of_is_said_to_nobody_by_its_address(
    cast: Cast, client_of: Of, client_on: On
) -> None:
    client_of(cast.aubin.resident).post(ADD, GIVEN)
    said = client_on(cast.aubin.host).post("/avertissements/choix/", {"endpoint": GIVEN["endpoint"]})
    assert json.loads(said.content) == {"ticked": []}


def test_a_number_without_an_account_follows_places(cast: Cast, client_on: On) -> None:
    combe = area("La Combe")
    browser = client_on(cast.aubin.host)
    join(browser)
    prove(browser)
    assert "La Combe" in browser.get(CHOICES).content.decode()
    browser.post(CHOICES, {"topics": ["alerts"], "areas": [combe.pk]})
    assert list(followed(SmsConsent.objects.live().get())) == [combe]
    assert browser.get(CHOICES).content.decode().count("checked") == 2


def test_a_number_of_an_account_follows_what_the_account_does(cast: Cast, client_on: On, client_of: Of) -> None:
    combe = area("La Combe")
    enter_number(number=NUMBER, topics=["alerts"], paper="feuille 1", author=author(cast), places=[combe])
    assert list(followed(SmsConsent.objects.get())) == [combe]
    browser = client_of(cast.aubin.resident)
    join(browser)
    prove(browser)
    assert not FollowedArea.objects.exists()
    stranger = client_on(cast.aubin.host)
    join(stranger)
    prove(stranger)
    assert "La Combe" not in stranger.get(CHOICES).content.decode()


def test_the_counter_writes_places_down(cast: Cast, client_of: Of) -> None:
    combe = area("La Combe")
    given = {"number": "06 39 98 00 11", "paper": "feuille 2", "signed": "on", "areas": [combe.pk]}
    client_of(cast.aubin.administrator).post("/mairie/avertissements/numeros/", given)
    assert list(followed(SmsConsent.objects.get())) == [combe]
