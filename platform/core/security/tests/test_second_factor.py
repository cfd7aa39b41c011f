"""A second factor: who must have one, how it is added, asked for, lost and taken away."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from core.accounts.models import RoleGrant, User
from core.accounts.tests.test_sign_in import code_sent
from core.audit.models import Entry
from core.catalogue import Role
from core.delivery.actions import send_email
from core.delivery.models import OutgoingEmail
from core.security.actions import recovery_codes, reset_factors
from core.security.models import SignedIn
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tests.cast import SECRET, Cast, Person

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGE = "/compte/securite/"


def shown_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def without_factor(person: Person, *, role_since: timedelta = timedelta()) -> None:
    with enter(person.schema_name):
        Authenticator.objects.filter(user_id=person.id).delete()
        RoleGrant.objects.filter(user_id=person.id).update(since=timezone.now() - role_since)


def typed_code(browser: Client, cast: Cast, person: Person) -> str:
    """The code of the mail is right; where that leads."""
    browser.post("/connexion/", {"email": person.email})
    return browser.post("/connexion/code/", {"code": code_sent(cast.aubin.space.here, person.email)})["Location"]


# -- Who must


@pytest.mark.parametrize("path", ["/", "/mairie/", "/compte/", "/compte/donnees/", "/mairie/habitants/"])
def test_an_administrator_without_one_is_let_no_further_after_seven_days(path: str, cast: Cast, client_of: Of) -> None:
    without_factor(cast.aubin.administrator, role_since=timedelta(days=7, minutes=1))
    browser = client_of(cast.aubin.administrator)
    assert browser.get(path)["Location"] == PAGE
    assert "Votre rôle demande une double vérification" in browser.get(PAGE).content.decode()
    assert browser.get("/api/v1/actualites/").status_code == 403
    assert browser.post("/deconnexion/")["Location"] == "/"


def test_an_administrator_has_seven_days_and_is_told_until_when(cast: Cast, client_of: Of) -> None:
    without_factor(cast.aubin.administrator, role_since=timedelta(days=6, hours=23))
    page = client_of(cast.aubin.administrator).get("/mairie/").content.decode()
    assert "Ajouter une double vérification" in page
    assert "Votre rôle la demande avant le" in page


def test_an_operator_has_no_delay(cast: Cast, client_of: Of) -> None:
    with entered(OPERATOR):
        Authenticator.objects.all().delete()
    browser = client_of(cast.operator)
    assert browser.get("/")["Location"] == PAGE
    assert browser.get(PAGE).status_code == 200
    assert browser.get("/compte/securite/application/").status_code == 200


def test_who_has_one_and_who_needs_none_go_where_they_like(cast: Cast, client_of: Of) -> None:
    assert client_of(cast.aubin.administrator).get("/mairie/").status_code == 200
    assert "Ajouter une double vérification" not in client_of(cast.aubin.editor).get("/mairie/").content.decode()
    assert client_of(cast.operator).get("/").status_code == 200


def test_the_demo_asks_it_of_nobody(cast: Cast, client_of: Of, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    without_factor(cast.aubin.administrator, role_since=timedelta(days=30))
    assert client_of(cast.aubin.administrator).get("/mairie/").status_code == 200


# -- Adding


def test_the_first_code_of_an_application_adds_it_and_gives_recovery_codes(cast: Cast, client_of: Of) -> None:
    elsewhere, browser = client_of(cast.aubin.editor), client_of(cast.aubin.editor)
    page = browser.get("/compte/securite/application/").content.decode()
    found = re.search(r"<b>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</b>", page)
    assert found and "<svg" in page
    for wrong in ("", "abc", "1"):
        answer = browser.post("/compte/securite/application/", {"code": wrong})
        assert answer.status_code == 422
        assert found[1] in answer.content.decode()
    secret = found[1].replace(" ", "")
    code = shown_now(secret)
    answer = browser.post("/compte/securite/application/", {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    with enter(cast.aubin.schema_name):
        editor = User.objects.get(pk=cast.aubin.editor.id)
        codes = recovery_codes(editor)
        stored = Authenticator.objects.get(user=editor, type="totp").data["secret"]
        assert OutgoingEmail.objects.get(recipient=editor.email).subject == "Double vérification ajoutée"
        assert Entry.objects.get(verb="security.factor_added").author == editor.email
    assert len(codes) == 10
    assert all(f"{each[:4]} {each[4:]}" in answer.content.decode() for each in codes)
    assert secret not in stored
    assert elsewhere.get("/compte/").status_code == 302
    assert browser.get("/compte/").status_code == 200


@pytest.mark.parametrize("name", ["application", "cle", "codes"])
def test_an_old_sign_in_is_asked_again_and_comes_back(name: str, cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        answer = browser.get(f"{PAGE}{name}/", follow=True)
        assert "Confirmez que c’est vous" in answer.content.decode()
        answer = browser.post("/connexion/confirmer/", {"next": f"{PAGE}{name}/"})
        assert answer["Location"] == f"/connexion/?next=%2Fcompte%2Fsecurite%2F{name}%2F"
        assert browser.get("/compte/").status_code == 302


def test_nobody_is_led_to_another_host_after_confirming(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    answer = browser.post("/connexion/confirmer/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/connexion/?next=%2Fcompte%2Fsecurite%2F"


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", "null", '{"id": "a", "response": {}}', '{"rawId": 3}'])
def test_a_passkey_that_is_none_is_refused(credential: str, cast: Cast, client_of: Of, client_on: On) -> None:
    browser = client_of(cast.aubin.editor)
    browser.get("/compte/securite/cle/")
    assert browser.post("/compte/securite/cle/", {"credential": credential, "name": "x"}).status_code == 422
    other = client_on(cast.aubin.host)
    typed_code(other, cast, cast.aubin.administrator)
    other.get("/connexion/verification/")
    assert other.post("/connexion/verification/", {"credential": credential}).status_code == 422


# -- Signing in


def test_the_code_of_the_mail_is_not_enough_for_who_has_one(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert typed_code(browser, cast, cast.aubin.administrator) == "/connexion/verification/"
    assert browser.get("/mairie/").status_code == 302
    answer = browser.post("/connexion/verification/", {"code": "12345"})
    assert answer.status_code == 422
    assert "Ce code n’est pas le bon." in answer.content.decode()
    assert browser.get("/mairie/").status_code == 302
    assert browser.post("/connexion/verification/", {"code": shown_now()}).status_code == 302
    assert browser.get("/mairie/").status_code == 200


def test_the_second_step_opened_alone_leads_to_the_first(cast: Cast, client_on: On) -> None:
    answer = client_on(cast.aubin.host).get("/connexion/verification/")
    assert answer["Location"] == "/connexion/"


def test_a_code_serves_once_even_while_it_would_still_be_valid(cast: Cast, client_on: On) -> None:
    first, second = client_on(cast.aubin.host), client_on(cast.aubin.host)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = shown_now()
        typed_code(first, cast, cast.aubin.administrator)
        assert first.post("/connexion/verification/", {"code": code}).status_code == 302
        clock.shift(31)
        typed_code(second, cast, cast.aubin.administrator)
        assert second.post("/connexion/verification/", {"code": code}).status_code == 422


def test_guessing_the_second_factor_is_stopped(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    typed_code(browser, cast, cast.aubin.administrator)
    answers = [browser.post("/connexion/verification/", {"code": f"9{number}"}) for number in range(12)]
    assert answers[-1].status_code == 429
    assert "Trop d’essais." in answers[-1].content.decode()
    assert browser.post("/connexion/verification/", {"code": shown_now()}).status_code == 429


def test_a_recovery_code_opens_once(cast: Cast, client_on: On, client_of: Of) -> None:
    client_of(cast.aubin.administrator).post("/compte/securite/codes/")
    with enter(cast.aubin.schema_name):
        code = recovery_codes(User.objects.get(pk=cast.aubin.administrator.id))[3]
    for expected in (302, 422):
        browser = client_on(cast.aubin.host)
        typed_code(browser, cast, cast.aubin.administrator)
        assert browser.post("/connexion/verification/", {"code": code}).status_code == expected


def test_a_secret_sealed_with_a_lost_key_opens_nothing(cast: Cast, client_on: On, settings: object) -> None:
    settings.SECRET_KEY = "another key, after a move to another machine, long enough for every check"  # type: ignore[attr-defined]
    browser = client_on(cast.aubin.host)
    typed_code(browser, cast, cast.aubin.administrator)
    assert browser.post("/connexion/verification/", {"code": shown_now()}).status_code == 422


# -- Taking away


def test_the_last_one_is_not_taken_from_who_must_have_it(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        pk = Authenticator.objects.get(user_id=cast.aubin.administrator.id).pk
    answer = browser.post(f"/compte/securite/retirer/{pk}/")
    assert answer.status_code == 409
    assert "C’est la seule que vous ayez." in answer.content.decode()
    with enter(cast.aubin.schema_name):
        assert Authenticator.objects.filter(pk=pk).exists()
        RoleGrant.objects.filter(user_id=cast.aubin.administrator.id).update(role=Role.EDITOR)
    assert browser.post(f"/compte/securite/retirer/{pk}/")["Location"] == PAGE
    with enter(cast.aubin.schema_name):
        assert not Authenticator.objects.filter(user_id=cast.aubin.administrator.id).exists()


def test_nobody_takes_away_somebody_elses(cast: Cast, client_of: Of) -> None:
    with enter(cast.aubin.schema_name):
        pk = Authenticator.objects.get(user_id=cast.aubin.administrator.id).pk
    assert client_of(cast.aubin.editor).post(f"/compte/securite/retirer/{pk}/").status_code == 404


def test_an_administrator_resets_a_colleagues_and_it_is_told(cast: Cast, client_of: Of) -> None:
    with enter(cast.aubin.schema_name):
        Authenticator.objects.filter(user_id=cast.aubin.administrator.id).update(user_id=cast.aubin.editor.id)
    theirs, browser = client_of(cast.aubin.editor), client_of(cast.aubin.administrator)
    page = f"/mairie/habitants/{cast.aubin.editor.id}/securite/"
    assert theirs.post(page).status_code == 403
    assert "Remettre à zéro" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 302
    assert theirs.get("/compte/").status_code == 302
    with enter(cast.aubin.schema_name):
        assert not Authenticator.objects.exists()
        assert not SignedIn.objects.filter(user_id=cast.aubin.editor.id).exists()
        entry = Entry.objects.get(verb="security.factors_reset")
        assert (entry.target, entry.author) == (cast.aubin.editor.email, cast.aubin.administrator.email)
        assert OutgoingEmail.objects.filter(recipient=cast.aubin.editor.email).exists()
        assert not reset_factors(User.objects.get(pk=cast.aubin.editor.id), author=None)


def test_nobody_resets_their_own_without_proving_themselves(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    assert browser.post(f"/mairie/habitants/{cast.aubin.administrator.id}/securite/")["Location"] == PAGE
    with enter(cast.aubin.schema_name):
        assert Authenticator.objects.filter(user_id=cast.aubin.administrator.id).exists()


@pytest.mark.parametrize("answer", ["9" * 5000, "[" * 100_000, "{", "null", "[]", "1"])
def test_an_answer_that_no_browser_gives_adds_no_passkey(cast: Cast, client_of: Of, answer: str) -> None:
    page = client_of(cast.aubin.resident).post("/compte/securite/cle/", {"name": "Clé", "credential": answer})
    assert page.status_code == 422


@pytest.mark.parametrize("template", ["factor_added", "factor_removed", "factors_reset"])
def test_whom_to_warn_is_somebody_who_can_help(template: str, cast: Cast) -> None:
    """A mairie knows nothing of the accounts of the console."""
    for place, warned in ((cast.aubin.schema_name, "mairie"), (OPERATOR.schema_name, "qui exploite Beffroi")):
        with enter(place):
            mail = send_email(template, to="anna@exemple.fr", context={"kind": "passkey", "last": True})
        for words in (mail.text, mail.html):
            assert warned in words
            assert ("à la mairie" in words) == (warned == "mairie")
