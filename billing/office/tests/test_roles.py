"""Who may open the subscription's pages: refusals first. Who keeps the accounts sees nothing else of the office."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from billing.models import Subscription
from billing.office.tests.conftest import HOME, As
from core.catalogue import STAFF_ROLES, Role
from tests.cast import Cast
from tests.walks import Route, routes

OURS = [route for route in routes("space") if route.scope == "billing"]
ELSEWHERE = [
    route for route in routes("space") if route.path.startswith("mairie/") and route.scope not in {"billing", "drafts"}
]
READERS = {Role.ADMINISTRATOR, Role.ACCOUNTANT, Role.ELECTED}
MAY = {
    "billing.read": READERS,
    "billing.write": {Role.ADMINISTRATOR, Role.ACCOUNTANT},
    "billing.order": {Role.ADMINISTRATOR},
}


def address(route: Route) -> str:
    path = "/" + route.path
    for name in route.parameters:
        path = path.replace(f"<uuid:{name}>", str(uuid4())).replace(f"<slug:{name}>", "news")
        path = path.replace(f"<int:{name}>", "1").replace(f"<str:{name}>", "x")
    return path


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_opens_what_it_may_and_is_refused_the_rest(
    role: Role, subscription: Subscription, browser_of: As
) -> None:
    browser = browser_of(role)
    for route in OURS:
        assert route.access
        for ask in (browser.get, browser.post):
            refused = ask(address(route)).status_code == 403
            assert refused == (role not in MAY[route.access.permission]), f"{role} at {route}"


def test_strangers_residents_and_neighbours_are_sent_away(
    cast: Cast, subscription: Subscription, client_on: Callable[..., Client], client_of: Callable[..., Client]
) -> None:
    for browser in (client_on(cast.aubin.host), client_of(cast.belleville.administrator, cast.aubin.host)):
        for route in OURS:
            assert browser.get(address(route))["Location"].startswith("/connexion/")
    assert client_of(cast.aubin.resident).get(HOME).status_code == 403


def test_who_keeps_the_accounts_is_refused_every_other_page_of_the_office(accountant: Client) -> None:
    doors = {"/mairie/", "/mairie/menu/"}
    opened = {
        path
        for route in ELSEWHERE
        for path in [address(route)]
        if path not in doors and {accountant.get(path).status_code, accountant.post(path).status_code} != {403}
    }
    assert not opened


def test_who_keeps_the_accounts_arrives_at_the_subscription_and_its_menu_holds_nothing_else(
    subscription: Subscription, accountant: Client
) -> None:
    assert accountant.get("/mairie/")["Location"] == HOME
    menu = accountant.get("/mairie/menu/").content.decode()
    links = {part.partition('"')[0] for part in menu.split('href="')[1:]}
    assert {link for link in links if link.startswith("/mairie/")} == {"/mairie/", "/mairie/menu/", HOME}


def test_every_other_role_finds_the_subscription_in_its_menu_only_if_it_may_read_it(browser_of: As) -> None:
    for role in STAFF_ROLES:
        menu = browser_of(role).get("/mairie/menu/").content.decode()
        assert (f'href="{HOME}"' in menu) == (role in READERS), role
