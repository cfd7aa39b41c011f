"""A browser asks to be told, with or without an account, and what it gives of itself is checked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.delivery.audience import devices
from core.delivery.models import Consent, Device
from core.delivery.tests.factories import AUTH, P256DH
from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from tests.cast import Cast

PAGE, ADD, STOP = "/avertissements/", "/avertissements/appareil/", "/avertissements/arreter/"
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/abc"
GIVEN = {"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH, "news-push": "on"}
On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture(autouse=True)
def _key(settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = KEY


def test_a_device_is_told_without_an_account_once_it_asked(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    page = browser.get(PAGE).content.decode()
    assert "checked" not in page
    assert "Sur l’écran d’accueil" in page
    assert browser.post(ADD, GIVEN).status_code == 302
    browser.post(ADD, GIVEN)
    with enter(cast.aubin.schema_name):
        device = Device.objects.get()
        assert device.user is None
        assert list(devices("news")) == [device]
        assert Consent.objects.get().device == device


def test_a_persons_device_follows_the_persons_choices(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    browser.post(ADD, GIVEN)
    with enter(cast.aubin.schema_name):
        assert Consent.objects.get().user_id == cast.aubin.resident.id
        assert devices("news").count() == 1
    assert "1 appareil." in browser.get("/compte/avertissements/").content.decode()
    browser.post("/compte/avertissements/", {})
    with enter(cast.aubin.schema_name):
        assert devices("news").count() == 0


def test_a_device_stops_and_nothing_of_it_stays(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    browser.post(ADD, GIVEN)
    browser.post(STOP, {"endpoint": "https://updates.push.services.mozilla.com/wpush/v2/autre"})
    with enter(cast.aubin.schema_name):
        assert Device.objects.exists()
    browser.post(STOP, {"endpoint": ENDPOINT})
    with enter(cast.aubin.schema_name):
        assert not Device.objects.exists()
        assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/push",
        "https://localhost/push",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/push",
        "https://redis:6379/",
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com.evil/x",
        "https://fcm.googleapis.com/x\r\nHost: interne",
        "https://fcm.googleapis.com/\u2028x",
        "https://exa[mple/",
        "ftp://fcm.googleapis.com/",
        "fcm.googleapis.com/x",
    ],
)
def test_an_address_that_leads_elsewhere_than_to_a_push_service_is_refused(
    endpoint: str, cast: Cast, client_on: On
) -> None:
    answer = client_on(cast.aubin.host).post(ADD, {**GIVEN, "endpoint": endpoint})
    assert answer.status_code == 422
    assert "service de notification connu" in answer.content.decode()
    with enter(cast.aubin.schema_name):
        assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"p256dh": "AAAA"}, "clés"),
        ({"p256dh": "B" + "A" * 86}, "clés"),
        ({"auth": "é"}, "clés"),
        ({"auth": AUTH + "AAAA"}, "clés"),
        ({"endpoint": ""}, "n’a pas donné"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1000}, "n’a pas donné"),
        ({"news-push": ""}, "au moins un sujet"),
    ],
)
def test_what_lacks_or_is_wrong_is_said(given: dict[str, str], sentence: str, cast: Cast, client_on: On) -> None:
    answer = client_on(cast.aubin.host).post(ADD, {**GIVEN, **given})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    "host", ["fcm.googleapis.com", "web.push.apple.com", "db5p.notify.windows.com", "updates.push.services.mozilla.com"]
)
def test_the_services_of_the_known_browsers_are_taken(host: str, cast: Cast, client_on: On) -> None:
    assert client_on(cast.aubin.host).post(ADD, {**GIVEN, "endpoint": f"https://{host}/x"}).status_code == 302


def test_one_place_cannot_fill_the_list_of_devices(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    statuses = [browser.post(ADD, {**GIVEN, "endpoint": f"{ENDPOINT}{number}"}).status_code for number in range(22)]
    assert statuses == [302] * 20 + [429] * 2


def test_a_platform_without_a_key_offers_none(cast: Cast, client_on: On, client_of: Of, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    assert "pas proposées" in client_on(cast.aubin.host).get(PAGE).content.decode()
    assert client_on(cast.aubin.host).post(ADD, GIVEN).status_code == 302
    assert "notification" not in client_of(cast.aubin.resident).get("/compte/avertissements/").content.decode()
    with enter(cast.aubin.schema_name):
        assert not Device.objects.exists()


def test_the_home_leads_there_and_the_worker_shows_and_opens(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert f'href="{PAGE}"' in browser.get("/").content.decode()
    worker = browser.get("/sw.js").content.decode()
    assert "showNotification" in worker
    assert "notificationclick" in worker
