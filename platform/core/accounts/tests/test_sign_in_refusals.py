"""What goes wrong when signing in, each in a sentence."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.core.internal.ratelimit import respond_429
from django.test import Client, RequestFactory
from django.utils import timezone

from core.accounts.models import Block, User
from core.accounts.tests.test_sign_in import code_sent
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from tests.cast import Cast
from tests.probing import statements

On = Callable[[str], Client]
Of = Callable[..., Client]
EMAIL = "nouvelle@exemple.fr"


def ask(browser: Client, email: str = EMAIL, query: str = "") -> None:
    assert browser.post(f"/connexion/{query}", {"email": email})["Location"].startswith("/connexion/code/")


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez votre adresse e-mail."),
        ("camille", "Écrivez une adresse complète, comme prenom@exemple.fr."),
        ("camille@", "Écrivez une adresse complète, comme prenom@exemple.fr."),
        ("cam\0ille@exemple.fr", "À corriger avant de continuer"),
        (f"{'c' * 250}@exemple.fr", "À corriger avant de continuer"),
    ],
)
def test_a_wrong_address_is_told_beside_its_field_and_comes_back(
    typed: str, said: str, cast: Cast, client_on: On
) -> None:
    answer = client_on(cast.aubin.host).post("/connexion/", {"email": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'id="id_email-error"' in page
    assert 'role="alert"' in page
    assert typed.replace("\0", "") in page.replace("\0", "")


def test_a_wrong_code_is_told_and_the_right_one_still_works(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser)
    code = code_sent(cast.aubin.space.here, EMAIL)
    for typed in (wrong(code), "", "abc"):
        page = browser.post("/connexion/code/", {"code": typed}).content.decode()
        assert "Ce code n’est pas le bon" in page or "Écrivez le code reçu par e-mail." in page
        assert EMAIL in page
    assert browser.post("/connexion/code/", {"code": f" {code[:3]} {code[3:]} "})["Location"] == "/"


def test_after_too_many_codes_another_must_be_asked_for(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser)
    code = code_sent(cast.aubin.space.here, EMAIL)
    for _ in range(4):
        assert browser.post("/connexion/code/", {"code": wrong(code)}).status_code == 200
    answer = browser.post("/connexion/code/", {"code": wrong(code)}, follow=True)
    assert answer.redirect_chain == [("/connexion/", 302)]
    assert "Trop d’essais." in answer.content.decode()
    assert "Votre code n’est plus valable" not in answer.content.decode()
    browser.post("/connexion/code/", {"code": code})
    assert browser.get("/compte/").status_code == 302


def test_a_code_that_is_too_old_is_told(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser)
    code = code_sent(cast.aubin.space.here, EMAIL)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        answer = browser.post("/connexion/code/", {"code": code}, follow=True)
    assert "Votre code n’est plus valable. Demandez-en un autre." in answer.content.decode()
    assert browser.get("/compte/").status_code == 302


def test_the_page_of_the_code_opened_alone_leads_to_the_first_one(cast: Cast, client_on: On) -> None:
    answer = client_on(cast.aubin.host).get("/connexion/code/", follow=True)
    assert "Votre code n’est plus valable. Demandez-en un autre." in answer.content.decode()


def test_another_code_replaces_the_first(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser)
    first = code_sent(cast.aubin.space.here, EMAIL)
    assert browser.get("/connexion/").status_code == 200
    ask(browser)
    second = code_sent(cast.aubin.space.here, EMAIL)
    if first != second:
        assert "Ce code n’est pas le bon" in browser.post("/connexion/code/", {"code": first}).content.decode()
    assert browser.post("/connexion/code/", {"code": second})["Location"] == "/"


def test_going_back_once_signed_in_leads_home(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    for path in ("/connexion/", "/connexion/code/"):
        assert browser.get(path)["Location"] == "/"


def test_the_page_that_was_wanted_comes_after_the_code(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser, query="?next=/compte/supprimer/")
    answer = browser.post("/connexion/code/?next=/compte/supprimer/", {"code": code_sent(cast.aubin.space.here, EMAIL)})
    assert answer["Location"] == "/compte/supprimer/"


@pytest.mark.parametrize("target", ["https://belleville.beffroi.test/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_host(target: str, cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    browser.post("/connexion/", {"email": EMAIL, "next": target})
    answer = browser.post("/connexion/code/", {"code": code_sent(cast.aubin.space.here, EMAIL), "next": target})
    assert answer["Location"] == "/"


def test_too_many_codes_for_one_address_are_refused_with_their_status(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    for _ in range(3):
        ask(browser)
    answer = browser.post("/connexion/", {"email": EMAIL})
    assert answer.status_code == 429
    assert "Trop d’essais. Attendez quelques minutes" in answer.content.decode()
    ask(client_on(cast.belleville.host))


def test_too_many_addresses_from_one_place_are_refused(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    for number in range(20):
        ask(browser, f"person{number}@exemple.fr")
    assert browser.post("/connexion/", {"email": "last@exemple.fr"}).status_code == 429


def test_allauths_own_limits_answer_in_our_words(rf: RequestFactory) -> None:
    answer = respond_429(rf.get("/"))
    assert answer.status_code == 429
    assert "Trop de demandes à la suite" in answer.content.decode()


def test_people_behind_one_proxy_are_counted_apart(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    for number in range(21):
        seen = {"x-forwarded-for": f"203.0.113.9, 198.51.100.{number}"}
        answer = browser.post("/connexion/", {"email": f"person{number}@exemple.fr"}, headers=seen)
        assert answer.status_code == 302


def test_somebody_kept_out_is_told_only_once_they_proved_who_they_are(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        User.objects.filter(pk=cast.aubin.resident.id).update(is_active=False)
        Block.objects.create(user_id=cast.aubin.resident.id, reason="Propos insultants", author="test")
    browser = client_on(cast.aubin.host)
    ask(browser, cast.aubin.resident.email)
    answer = browser.post(
        "/connexion/code/", {"code": code_sent(cast.aubin.space.here, cast.aubin.resident.email)}, follow=True
    )
    assert "La mairie a fermé votre accès." in answer.content.decode()
    assert "Propos insultants" not in answer.content.decode()
    assert browser.get("/compte/").status_code == 302


def test_known_unknown_and_blocked_people_are_answered_alike(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        User.objects.filter(pk=cast.aubin.editor.id).update(is_active=False)
    pages = set()
    for email in (cast.aubin.resident.email, cast.aubin.editor.email, "stranger@exemple.fr"):
        browser = client_on(cast.aubin.host)
        ask(browser, email)
        page = browser.get("/connexion/code/").content.decode().replace(email, "")
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page))
    assert len(pages) == 1
    with enter(cast.aubin.schema_name):
        assert OutgoingEmail.objects.count() == 3


def test_signing_in_changes_the_sessions_key(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    ask(browser)
    before = browser.cookies["__Host-session"].value
    browser.post("/connexion/code/", {"code": code_sent(cast.aubin.space.here, EMAIL)})
    cookie = browser.cookies["__Host-session"]
    assert cookie.value != before
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, True, "Lax", "")


def test_a_form_that_waited_too_long_is_told_and_not_cookies(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"host": cast.aubin.host, "x-forwarded-proto": "https"})
    referer = {"referer": f"https://{cast.aubin.host}/connexion/"}
    answer = browser.post("/connexion/", {"email": EMAIL}, headers=referer)
    assert answer.status_code == 403
    assert "Votre navigateur refuse nos cookies" in answer.content.decode()
    browser.get("/connexion/")
    answer = browser.post("/connexion/", {"email": EMAIL, "csrfmiddlewaretoken": "x" * 64}, headers=referer)
    assert "Ce formulaire n’est plus valable" in answer.content.decode()


def test_a_known_and_a_blocked_address_cost_the_same_work(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        User.objects.filter(pk=cast.aubin.editor.id).update(is_active=False)
    ask(client_on(cast.aubin.host))  # the address of the commune is known from here on
    work = []
    for email in (cast.aubin.resident.email, cast.aubin.editor.email):
        with statements() as seen:
            ask(client_on(cast.aubin.host), email)
        work.append(len(seen))
    assert work[0] == work[1] > 3
