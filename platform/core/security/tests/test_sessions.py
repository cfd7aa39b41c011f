"""Where one is signed in: told in words, ended one by one, or all at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.accounts.actions import block, delete_account, lift_block
from core.accounts.models import User
from core.security.models import SignedIn
from core.security.sessions import device
from core.tenancy.context import enter
from tests.cast import Cast

Of = Callable[..., Client]
PAGE = "/compte/securite/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.0", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
        ("<script>" * 500, "Navigateur inconnu"),
    ],
)
def test_a_browser_is_told_in_two_words(said: str, words: str) -> None:
    assert device(said) == words


def test_one_ends_a_session_of_ones_own_and_no_other(cast: Cast, client_of: Of) -> None:
    here, there, stranger = (
        client_of(cast.aubin.resident),
        client_of(cast.aubin.resident),
        client_of(cast.aubin.editor),
    )
    with enter(cast.aubin.schema_name):
        found = {each.session_key: each.pk for each in SignedIn.objects.all()}
    foreign = found[stranger.session.session_key]
    assert here.get(PAGE).content.decode().count("Navigateur inconnu</b>") == 2
    here.post(f"{PAGE}appareils/{foreign}/")
    assert stranger.get("/compte/").status_code == 200
    here.post(f"{PAGE}appareils/{found[there.session.session_key]}/")
    assert there.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200


def test_signing_out_everywhere_leaves_no_session(cast: Cast, client_of: Of) -> None:
    browsers = [client_of(cast.aubin.resident) for _ in range(3)]
    neighbour = client_of(cast.aubin.editor)
    assert browsers[0].post(f"{PAGE}partout/")["Location"] == "/"
    assert {browser.get("/compte/").status_code for browser in browsers} == {302}
    assert neighbour.get("/compte/").status_code == 200
    with enter(cast.aubin.schema_name):
        assert not SignedIn.objects.filter(user_id=cast.aubin.resident.id).exists()


def test_a_session_that_is_over_is_not_shown(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.resident)
    with enter(cast.aubin.schema_name):
        Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    page = client_of(cast.aubin.resident).get(PAGE).content.decode()
    assert page.count("Navigateur inconnu</b>") == 1
    with enter(cast.aubin.schema_name):
        assert SignedIn.objects.filter(user_id=cast.aubin.resident.id).count() == 1


def test_the_day_is_noted_once_a_day(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    tomorrow = timezone.now() + timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):
        browser.get("/compte/")
    with enter(cast.aubin.schema_name):
        assert SignedIn.objects.get().seen_on == tomorrow.date()


def test_signing_out_forgets_the_session(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.resident).post("/deconnexion/")
    with enter(cast.aubin.schema_name):
        assert not SignedIn.objects.exists()


def test_an_account_that_is_deleted_leaves_no_session(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.resident)
    with enter(cast.aubin.schema_name):
        delete_account(User.objects.get(pk=cast.aubin.resident.id))
        assert not Session.objects.exists()


def test_who_was_kept_out_signs_in_anew_once_let_in_again(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    with enter(cast.aubin.schema_name):
        resident, author = (User.objects.get(pk=who.id) for who in (cast.aubin.resident, cast.aubin.administrator))
        block(resident, reason="x", author=author)
        lift_block(resident, author=author)
    assert browser.get("/compte/").status_code == 302
