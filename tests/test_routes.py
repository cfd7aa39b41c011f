"""Who may ask what of each address: declared on it, and held to."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from core.accounts.access import Access, Who
from core.accounts.models import User
from core.catalogue import Role
from core.tenancy.context import enter
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import SIGN_IN, ask, statements, told_apart, undone, unsafe_methods
from tests.walks import KINDS, Route, routes

On = Callable[[str], Client]
Of = Callable[..., Client]

# What somebody without an account may send, and why. An address that is not here refuses.
SENT_BY_ANYONE = {
    "account_request_login_code": "asks for a code at an address",
    "account_login": "the same",
    "account_confirm_login_code": "types the code",
    "account_logout": "ends one's own session",
    "mfa_authenticate": "gives the second factor of whoever typed their code",
    "security:again": "sends to sign-in whoever is not signed in, and who is to sign in again",
    "security:not_me": "takes back an address, with the token of the mail",
    "delivery:device_add": "lets a device be told, without an account",
    "delivery:device_stop": "stops it",
    "delivery:device_kept": "reads what a device is told of, by its address, which is secret",
    "delivery:telephone": "asks for a code at a number",
    "delivery:telephone_code": "leads to the page of the number, without a code that was asked for",
    "delivery:telephone_choices": "the same, without a number that was proved",
    "delivery:telephone_stop": "the same",
    "delivery:shown": "says that a notification was shown, by its random number",
    "delivery:unsubscribe": "stops an e-mail, with the signed word of any of them",
    "space:arrival": "spends a ticket",
    "signup_questions": "begins to open a commune's space",
    "offer_commune": "asks for a quote, sent to the address given",
    "quote_order": "orders a quote, at its secret address",
    "quote_again": "makes it again once it is over",
    "watch_ask": "leaves an address, to be told of an opening",
    "watch_asked": "leads to the space that opened meanwhile",
    "watch_confirm": "proves that address",
    "watch_stop": "takes it back",
}
EXCEPTED = ("django_session", "readership_reading")
# Routes that write when they are read, and why.
JOURNALLED = {"space:export_download": "who took all that the commune wrote is in its journal, once a person"}
NAMED = {
    "space": {"resident", "editor", "administrator"},
    "console": {"operator"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_route_declares_who_may_enter(kind: str) -> None:
    found = routes(kind)
    told_apart(Counter(route.access.who if route.access else "nobody" for route in found), f"{kind} routes")
    assert not [str(route) for route in found if not isinstance(route.access, Access)]


def test_no_address_is_two_routes() -> None:
    """But sign-in, which allauth knows under two names."""
    for kind in KINDS:
        paths = Counter(route.path for route in routes(kind))
        assert {path for path, count in paths.items() if count > 1} <= {"connexion/"}


def test_the_mairies_pages_are_for_its_staff_and_the_consoles_for_operators() -> None:
    open_ones = [
        str(route)
        for route in routes("space")
        if route.path.startswith("mairie/")
        and route.access
        and route.access.who not in {Who.DOOR, Who.STAFF, Who.PERMISSION}
    ]
    open_ones += [
        str(route)
        for route in routes("console")
        if route.access and not route.access.always and route.access.who is not Who.OPERATOR
    ]
    assert not open_ones


# -- Everybody at every door


def may_enter(access: Access, who: str) -> bool:
    """Said once more, by the people of the cast, without the code that holds the door."""
    match access.who:
        case Who.ANYONE:
            return True
        case Who.SIGNED_IN:
            return who in {"resident", "editor", "administrator", "operator"}
        case Who.DOOR | Who.STAFF:
            return who in {"editor", "administrator"}
        case Who.OPERATOR:
            return who == "operator"
        case Who.PERMISSION:
            given = {each.code: each.roles for manifest in settings.CATALOGUE for each in manifest.permissions}.get(
                access.permission, frozenset()
            )
            return who == "administrator" or (who == "editor" and Role.EDITOR in given)


def is_refusal(response: Any) -> bool:
    sent_to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN)
    return sent_to_sign_in or response.status_code in {401, 403}


def _knock(kind: str, plot: Any, people: dict[str, Client], *, at_home: set[str]) -> tuple[Counter[str], list[str]]:
    """Ask every route as everybody. A person who is not at home there is nobody."""
    probes: Counter[str] = Counter()
    wrong = []
    for route in routes(kind):
        assert route.access is not None
        for who, browser in people.items():
            for method in ("get", "post") if who in at_home | {"anonymous"} else ("get",):
                expected = may_enter(route.access, who if who in at_home else "anonymous")
                with undone():
                    response = ask(browser, method, route, plot.url(route))
                probes[f"{who} {'may' if expected else 'may not'}"] += 1
                writing_api = route.surface == "api" and method == "post"
                if is_refusal(response) == expected and not (expected and (writing_api or _is_sign_in(route))):
                    wrong.append(f"{method.upper()} {route}, {who}: {response.status_code}")
    return probes, wrong


def _is_sign_in(route: Route) -> bool:
    """Pages that lead to one another."""
    return f"/{route.path}".startswith(SIGN_IN)


def test_everybody_enters_a_commune_where_the_route_says_and_nowhere_else(
    cast: Cast, one_way: Neighbours, client_on: On, client_of: Of
) -> None:
    place = one_way.victim
    people = {
        "anonymous": client_on(place.host),
        "neighbour": client_of(one_way.other.administrator, place.host),
        "operator": client_of(cast.operator, place.host),
        "resident": client_of(place.resident),
        "editor": client_of(place.editor),
        "administrator": client_of(place.administrator),
    }
    probes, wrong = _knock("space", one_way.victims, people, at_home={"resident", "editor", "administrator"})
    told_apart(probes, "doors of a commune")
    assert not wrong


def test_everybody_enters_the_console_where_the_route_says_and_nowhere_else(
    cast: Cast, one_way: Neighbours, client_on: On, client_of: Of
) -> None:
    people = {
        "anonymous": client_on(cast.console_host),
        "resident": client_of(cast.aubin.resident, cast.console_host),
        "administrator": client_of(cast.aubin.administrator, cast.console_host),
        "operator": client_of(cast.operator),
    }
    probes, wrong = _knock("console", one_way.victims, people, at_home={"operator"})
    told_apart(probes, "doors of the console")
    assert not wrong


def test_a_blocked_administrator_is_nobody(one_way: Neighbours, client_of: Of) -> None:
    browser = client_of(one_way.victim.administrator)
    with enter(one_way.victim.schema_name):
        User.objects.filter(pk=one_way.victim.administrator.id).update(is_active=False)
    _, wrong = _knock("space", one_way.victims, {"anonymous": browser}, at_home=set())
    assert not wrong


def test_a_door_that_lets_anybody_in_is_seen(
    one_way: Neighbours, client_of: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.accounts.access.admits", lambda access, user: True)
    people = {"resident": client_of(one_way.victim.resident)}
    _, wrong = _knock("space", one_way.victims, people, at_home={"resident"})
    assert len(wrong) > 20


# -- Reading and writing


def _hosts(cast: Cast, both: Neighbours) -> dict[str, str]:
    return {
        "space": both.victim.host,
        "unopened": cast.calme_host,
        "portal": cast.portal_host,
        "console": cast.console_host,
    }


def test_what_anyone_may_send_is_known(cast: Cast, one_way: Neighbours, client_on: On) -> None:
    taken: Counter[str] = Counter()
    probes: Counter[str] = Counter()
    for kind, host in _hosts(cast, one_way).items():
        browser = client_on(host)
        for route in routes(kind):
            for method in unsafe_methods(route):
                probes[f"{kind} {method.upper()}"] += 1
                with undone():
                    response = ask(browser, method, route, one_way.victims.url(route))
                signing_in = is_refusal(response) and not _is_sign_in(route)
                taken[route.name] += not (signing_in or response.status_code in {404, 405})
    told_apart(probes, "sent by anyone")
    unknown = {name for name, count in taken.items() if count} - set(SENT_BY_ANYONE)
    assert not unknown, "refuse it (require_safe, require_POST) or say why anyone may send it"
    assert set(SENT_BY_ANYONE) <= {name for name, count in taken.items() if count}


def test_reading_changes_nothing(cast: Cast, one_way: Neighbours, client_on: On, client_of: Of) -> None:
    """Sessions excepted, a page forgets the message that it showed; and sums of readings."""
    able = {"space": client_of(one_way.victim.administrator), "console": client_of(cast.operator)}
    probes: Counter[str] = Counter()
    written = []
    for kind, host in _hosts(cast, one_way).items():
        for browser in (client_on(host), *([able[kind]] if kind in able else [])):
            for route in routes(kind):
                probes[kind] += 1
                with undone(), statements() as made:
                    ask(browser, "get", route, one_way.victims.url(route))
                written += [
                    f"{route}: {each.sql}"
                    for each in made
                    if each.writes and not any(name in each.sql for name in EXCEPTED)
                    if route.name not in JOURNALLED or "audit_entry" not in each.sql
                ]
    told_apart(probes, "read")
    assert not written
