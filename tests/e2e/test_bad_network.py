"""Impatient hands and wrong clocks: a double click, the back button after a form, a day too early or too late."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page

from deploy.local.address import Address
from tests.e2e.conftest import DESK, PHONE, PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = pytest.mark.browser

ADMINISTRATOR = f"secretaire@{PLACE}.example"
HEADLINE = "La fontaine du haut coule de nouveau"


def announce(page: Page, reason: str) -> None:
    page.get_by_label("Du", exact=True).fill((date.today() + timedelta(days=20)).isoformat())
    page.get_by_label("Pourquoi ?").fill(reason)


def test_a_double_click_without_script_makes_one(site: Address, window: Window) -> None:
    page = window(DESK, java_script=False)
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, "/mairie/services/nouveau/"))
    page.get_by_label("Nom du service").fill("Service des sources")
    page.get_by_role("button", name="Enregistrer").dblclick()
    page.wait_for_url(site.url(PLACE, "/mairie/services/"))
    page.reload()
    assert page.get_by_role("link", name=re.compile("Service des sources")).count() == 1


def test_going_back_after_a_form_and_sending_it_again_makes_one(site: Address, window: Window) -> None:
    page = window(DESK)
    sign_in(page, site, ADMINISTRATOR, PLACE)
    page.goto(site.url(PLACE, "/mairie/fermetures/"))
    for _ in range(2):
        announce(page, "Inventaire des sources")
        page.get_by_role("button", name="Enregistrer").click()
        page.get_by_text("C’est noté").wait_for()
        page.go_back()
    page.goto(site.url(PLACE, "/mairie/fermetures/"))
    assert page.get_by_role("button", name=re.compile("Retirer.*Inventaire des sources")).count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_off_by_a_day_changes_nothing(days: int, site: Address, window: Window) -> None:
    page = window(PHONE)
    page.clock.set_system_time(datetime.now().astimezone() + timedelta(days=days))
    page.goto(site.url(PLACE))
    off = page.evaluate("Date.now()") / 1000 - datetime.now().timestamp()
    assert abs(off - days * 86_400) < 3_600
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(site.url(PLACE))
    page.get_by_role("link", name=HEADLINE).click()
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
    read = page.url
    page.context.set_offline(True)
    page.goto(read)
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
    page.context.set_offline(False)
    sign_in(page, site, f"horloge{days + 2}@exemple.fr", PLACE)
    for path in ("/compte/", "/compte/niveau/", "/compte/"):
        page.goto(site.url(PLACE, path))
        assert page.url == site.url(PLACE, path)
