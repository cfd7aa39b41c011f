"""Notifications in a real browser: the page that asks, the worker that shows, the button that stops.

Chromium has no push service here: its answer to a subscription is played, and a message is delivered by its debugger.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.delivery.tests.factories import AUTH, P256DH
from deploy.local.address import Address
from tests.e2e.conftest import PATIENCE, PHONE, PLACE, Window
from tests.e2e.test_offline import followed

pytestmark = pytest.mark.browser

GIVEN = {"endpoint": "https://fcm.googleapis.com/fcm/send/essai", "keys": {"p256dh": P256DH, "auth": AUTH}}
SERVICE = f"""
const given = {{ endpoint: "{GIVEN["endpoint"]}", toJSON: () => ({json.dumps(GIVEN)}),
  unsubscribe: async () => {{ localStorage.removeItem("subscribed"); return true; }} }};
PushManager.prototype.subscribe = async () => {{ localStorage.setItem("subscribed", "1"); return given; }};
PushManager.prototype.getSubscription = async () => localStorage.getItem("subscribed") ? given : null;
"""
TEXTS = """navigator.serviceWorker.ready.then((found) => found.getNotifications()).then(
  (shown) => shown.map((one) => [one.title, one.body, one.data]))"""
ACKNOWLEDGED = """performance.getEntriesByType("resource").filter(
  (one) => one.name.endsWith("/avertissements/affiche/")).map((one) => one.responseStatus)"""


def first(page: Page, read: Callable[[], list[Any]]) -> list[Any]:
    """What is read once there is something; each try is a round trip, in which the browser works."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        if found := read():
            return found
        page.evaluate("1")
    raise AssertionError("nothing came")


def test_a_phone_asks_without_an_account_and_stops(site: Address, window: Window) -> None:
    page = window(PHONE, permissions=["notifications"])
    page.add_init_script(SERVICE)
    followed(page, site)
    page.get_by_role("link", name="Être prévenu").click()
    button = page.get_by_role("button", name="Me prévenir sur cet appareil")
    button.click()
    page.get_by_text("Cochez au moins un sujet.").first.wait_for()
    page.get_by_label("Actualités").check()
    place = page.get_by_role("group", name="Seulement ce qui touche ces lieux").get_by_role("checkbox").last
    place.check()
    button.click()
    page.get_by_text("C’est fait : cet appareil sera prévenu.").wait_for()
    for kept in (page.get_by_label("Actualités"), place):
        expect(kept).to_be_checked()
    page.get_by_role("button", name="Ne plus prévenir cet appareil").click()
    page.get_by_text("C’est fait : cet appareil n’est plus prévenu.").wait_for()
    assert page.get_by_role("button", name="Ne plus prévenir cet appareil").count() == 0


def test_a_device_that_showed_nothing_is_made_anew(site: Address, window: Window) -> None:
    page = window(PHONE, permissions=["notifications"])
    page.add_init_script(SERVICE)
    followed(page, site)
    page.evaluate("localStorage.setItem('subscribed', '1')")
    page.goto(site.url(PLACE, "/avertissements/#prevenir"))
    page.get_by_label("Actualités").check()
    assert page.get_by_role("button", name="Ne plus prévenir cet appareil").count() == 0
    with page.expect_request("**/avertissements/appareil/") as asked:
        page.get_by_role("button", name="Me prévenir sur cet appareil").click()
    assert "former=https" in (asked.value.post_data or "")
    page.get_by_text("C’est fait : cet appareil sera prévenu.").wait_for()


def test_a_browser_that_blocks_notifications_is_told_where_to_allow_them(site: Address, window: Window) -> None:
    page = window(PHONE)
    followed(page, site)
    page.goto(site.url(PLACE, "/avertissements/"))
    page.get_by_label("Actualités").check()
    page.get_by_role("button", name="Me prévenir sur cet appareil").click()
    page.get_by_text("Votre navigateur bloque les notifications").wait_for()


def test_the_worker_shows_what_is_told(site: Address, window: Window) -> None:
    page = window(PHONE, permissions=["notifications"])
    followed(page, site)
    debugger = page.context.new_cdp_session(page)
    known: list[str] = []
    debugger.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(each["registrationId"] for each in said["registrations"]),
    )
    debugger.send("ServiceWorker.enable")
    registration = first(page, lambda: known)[0]
    told = {
        "title": "L’eau est coupée",
        "body": "Mardi.",
        "sender": "Mairie",
        "url": "/commune/",
        "tag": "a",
        "receipt": "0" * 32,
    }
    message = {"origin": site.url(PLACE, ""), "registrationId": registration, "data": json.dumps(told)}
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    debugger.send("ServiceWorker.deliverPushMessage", message)
    shown = first(page, lambda: page.evaluate(TEXTS))
    assert shown == [["L’eau est coupée", "Mardi.\nMairie", "/commune/"]]
    (worker,) = page.context.service_workers
    assert first(page, lambda: worker.evaluate(ACKNOWLEDGED)) == [204]


def test_without_scripts_the_page_says_what_to_do(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    page.goto(site.url(PLACE, "/avertissements/"))
    page.get_by_text("Ce navigateur ne reçoit pas de notifications.").wait_for()
    assert not page.get_by_role("button", name="Me prévenir").is_visible()
