"""What lets somebody in on one host lets nobody in on another: tickets, sessions, cookies, tokens, names of hosts."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.tenancy.context import enter
from tenants.models import Ticket
from tenants.tickets import LIFE, issue
from tests.cast import Cast, Place
from tests.conftest import Neighbours
from tests.probing import ask, copied, told_apart, undone, unsafe_methods
from tests.walks import routes

On = Callable[[str], Client]
Of = Callable[..., Client]
ARRIVAL, ACCOUNT = "/arrivee/", "/compte/"


def _is_in(browser: Client) -> bool:
    return browser.get(ACCOUNT).status_code == 200


# -- Tickets


def _ticket(place: Place) -> str:
    return issue(place.space, place.administrator.id)


def test_a_ticket_of_one_commune_opens_no_other_and_is_not_spent_there(cast: Cast, client_on: On) -> None:
    word = _ticket(cast.aubin)
    for host in (cast.belleville.host, cast.doux.host):
        elsewhere = client_on(host)
        assert elsewhere.post(ARRIVAL, {"jeton": word}).status_code == 410
        assert not _is_in(elsewhere)
    at_home = client_on(cast.aubin.host)
    assert at_home.post(ARRIVAL, {"jeton": word}).status_code == 302
    assert _is_in(at_home)


def test_a_ticket_of_a_commune_lets_nobody_in_who_has_the_same_number_elsewhere(cast: Cast, client_on: On) -> None:
    with enter(cast.belleville.schema_name):
        User.objects.create(pk=cast.aubin.administrator.id, email="same@exemple.fr")
    elsewhere = client_on(cast.belleville.host)
    assert elsewhere.post(ARRIVAL, {"jeton": _ticket(cast.aubin)}).status_code == 410
    assert not _is_in(elsewhere)


def test_a_ticket_is_spent_once(cast: Cast, client_on: On) -> None:
    word = _ticket(cast.aubin)
    assert client_on(cast.aubin.host).post(ARRIVAL, {"jeton": word}).status_code == 302
    assert client_on(cast.aubin.host).post(ARRIVAL, {"jeton": word}).status_code == 410


def test_looking_at_a_ticket_does_not_spend_it(cast: Cast, client_on: On) -> None:
    word, browser = _ticket(cast.aubin), client_on(cast.aubin.host)
    assert browser.get(ARRIVAL, {"jeton": word}).status_code == 200
    assert not _is_in(browser)
    assert browser.post(ARRIVAL, {"jeton": word}).status_code == 302


def test_a_ticket_ends(cast: Cast, client_on: On) -> None:
    word = _ticket(cast.aubin)
    with time_machine.travel(timezone.now() + LIFE + timedelta(seconds=1), tick=False):
        assert client_on(cast.aubin.host).post(ARRIVAL, {"jeton": word}).status_code == 410


def test_a_ticket_is_not_kept_as_it_was_given(cast: Cast) -> None:
    word = _ticket(cast.aubin)
    assert Ticket.objects.get().token_hash == sha256(word.encode()).hexdigest()


@pytest.mark.parametrize("word", ["", "0", "'", "\x00", "x" * 5000])
def test_a_word_that_is_no_ticket_lets_nobody_in(cast: Cast, client_on: On, word: str) -> None:
    _ticket(cast.aubin)
    browser = client_on(cast.aubin.host)
    assert browser.post(ARRIVAL, {"jeton": word}).status_code == 410
    assert not _is_in(browser)


# -- Sessions and cookies


def test_a_session_of_one_commune_is_nobody_anywhere_else(cast: Cast, client_of: Of) -> None:
    assert _is_in(client_of(cast.aubin.administrator))
    for host in (cast.belleville.host, cast.doux.host, cast.console_host):
        assert not _is_in(client_of(cast.aubin.administrator, host))
    assert not _is_in(client_of(cast.operator, cast.aubin.host))


def test_a_session_lets_nobody_in_who_has_the_same_number_elsewhere(cast: Cast, client_of: Of) -> None:
    with enter(cast.belleville.schema_name):
        User.objects.create(pk=cast.aubin.administrator.id, email="same@exemple.fr")
    assert not _is_in(client_of(cast.aubin.administrator, cast.belleville.host))


def test_signing_out_of_one_commune_leaves_the_other_session(cast: Cast, client_of: Of) -> None:
    home, next_door = client_of(cast.aubin.administrator), client_of(cast.belleville.administrator)
    copied(home).post("/deconnexion/")
    assert not _is_in(home)
    assert _is_in(next_door)


def test_every_cookie_stays_on_its_host(one_way: Neighbours, client_of: Of, client_on: On) -> None:
    place, plot = one_way.victim, one_way.victims
    probes: Counter[str] = Counter()
    for browser in (client_of(place.administrator), client_on(place.host)):
        for route in routes("space"):
            for method in ("get", "post"):
                with undone():
                    response = ask(browser, method, route, plot.url(route), {"email": "a@exemple.fr", "name": "A"})
                for name, cookie in response.cookies.items():
                    probes[name] += 1
                    assert name.startswith("__Host-"), f"{route} sets the cookie {name}"
                    assert (bool(cookie["secure"]), cookie["path"], cookie["domain"]) == (True, "/", "")
    told_apart(probes, "cookies", settings.SESSION_COOKIE_NAME)


# -- Forms sent from one site to another


@pytest.fixture
def wary(client_of: Of) -> Callable[[Place], Client]:
    """An administrator's browser that is asked for the token, with the token of its own site."""

    def of(place: Place) -> Client:
        browser = Client(enforce_csrf_checks=True, headers={"host": place.host, "x-forwarded-proto": "https"})
        browser.cookies = client_of(place.administrator).cookies
        return browser

    return of


def _token(browser: Client) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(ACCOUNT).content.decode())
    assert found
    return found[1]


def test_a_form_is_taken_from_its_own_site_only(cast: Cast, wary: Callable[[Place], Client]) -> None:
    browser = wary(cast.aubin)
    form = {"name": "Nouveau nom", "csrfmiddlewaretoken": _token(browser)}
    for sent_from in (f"https://{cast.belleville.host}", f"https://{cast.portal_host}", "https://evil.test", "null"):
        assert browser.post(ACCOUNT, form, headers={"origin": sent_from}).status_code == 403
        assert browser.post(ACCOUNT, form, headers={"referer": f"{sent_from}/"}).status_code == 403
    assert browser.post(ACCOUNT, form, headers={"origin": f"https://{cast.aubin.host}"}).status_code == 302


def test_a_token_of_one_commune_is_worth_nothing_in_another(cast: Cast, wary: Callable[[Place], Client]) -> None:
    foreign = _token(wary(cast.aubin))
    browser = wary(cast.belleville)
    assert _token(browser) != foreign
    own = {"origin": f"https://{cast.belleville.host}"}
    assert browser.post(ACCOUNT, {"name": "X", "csrfmiddlewaretoken": foreign}, headers=own).status_code == 403


SAID_NO = {403, 405}
# A mail program presses « Se désabonner » by itself (RFC 8058): the address is signed, and one that is not says 410.
# A service worker says, without a cookie, a number that was drawn for it; another says nothing.
WITHOUT_A_COOKIE = {"delivery:unsubscribe": {410}, "delivery:shown": {400}}


def test_no_route_takes_a_form_without_its_token(one_way: Neighbours, wary: Callable[[Place], Client]) -> None:
    browser = wary(one_way.victim)
    probes: Counter[str] = Counter()
    taken = []
    for route in routes("space"):
        for method in unsafe_methods(route):
            probes[method] += 1
            url = one_way.victims.url(route)
            answer = getattr(browser, method)(url, headers={"origin": f"https://{one_way.victim.host}"})
            if answer.status_code not in SAID_NO | WITHOUT_A_COOKIE.get(route.name, set()):
                taken.append(f"{method} {route}: {answer.status_code}")
    told_apart(probes, "forms without their token")
    assert not taken


# -- Names of hosts

OWN = ["aubin.beffroi.test", "AUBIN.Beffroi.Test", "aubin.beffroi.test.", "aubin.beffroi.test:443"]
NOBODYS = [
    "",
    "evil.test",
    "aubin.beffroi.test.evil.test",
    "aubin.beffroi.test@evil.test",
    "evil.test:80@aubin.beffroi.test",
    "aubin.beffroi.test, belleville.beffroi.test",
    "aubin.beffroi.test\tbelleville.beffroi.test",
    "aubin.beffroi.test/../belleville",
    "xaubin.beffroi.test",
    "aubinbeffroi.test",
    "a.aubin.beffroi.test",
    "aubin..beffroi.test",
    ".beffroi.test",
    "*.beffroi.test",
    "%61ubin.beffroi.test",
    "aubin%00.beffroi.test",
    "\u0430ubin.beffroi.test",
    "xn--ubin-53d.beffroi.test",
    "c12013.beffroi.test",
    "12013.beffroi.test",
    "public.beffroi.test",
    "operator.beffroi.test",
    "pg_catalog.beffroi.test",
    f"{'a' * 64}.beffroi.test",
    f"{'a.' * 120}beffroi.test",
    "127.0.0.1",
    "[::1]",
    "localhost",
]


@pytest.mark.parametrize("host", OWN)
def test_a_name_is_the_same_however_it_is_written(cast: Cast, client_on: On, host: str) -> None:
    assert "Saint-Aubin" in client_on(host).get("/").content.decode()


@pytest.mark.parametrize("host", NOBODYS)
def test_a_name_that_is_nobodys_gets_nothing(cast: Cast, client_on: On, host: str) -> None:
    response = client_on(host).get("/")
    assert response.status_code in {400, 404}
    assert "Saint-Aubin" not in response.content.decode()


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "x-original-host", "forwarded", "x-forwarded-server"])
def test_no_other_header_names_the_site(cast: Cast, client_on: On, header: str) -> None:
    value = f"host={cast.aubin.host}" if header == "forwarded" else cast.aubin.host
    page = client_on(cast.belleville.host).get("/", headers={header: value}).content.decode()
    assert "Belleville" in page
    assert "Saint-Aubin" not in page
