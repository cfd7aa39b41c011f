"""Signing in by a code, from the form to the mail and back."""

import re
from collections.abc import Callable

from django.test import Client

from core.accounts.models import User
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR, Here
from tests.cast import Cast

On = Callable[[str], Client]


def code_sent(here: Here, to: str) -> str:
    with entered(here):
        mail = OutgoingEmail.objects.filter(recipient=to).latest("created_at")
    assert mail.html
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found
    return found[0]


def test_a_resident_signs_in_with_the_code_of_the_mail(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert browser.post("/connexion/", {"email": " Nouvelle@Exemple.fr "}).headers["Location"] == "/connexion/code/"
    code = code_sent(cast.aubin.space.here, "nouvelle@exemple.fr")
    assert browser.post("/connexion/code/", {"code": "000000" if code != "000000" else "111111"}).status_code == 200
    assert browser.get("/compte/").status_code == 302
    assert browser.post("/connexion/code/", {"code": code}).status_code == 302
    assert browser.get("/compte/").status_code == 200


def test_a_code_of_one_commune_is_worth_nothing_in_another(cast: Cast, client_on: On) -> None:
    at_home, next_door = client_on(cast.aubin.host), client_on(cast.belleville.host)
    for browser in (at_home, next_door):
        browser.post("/connexion/", {"email": "nouvelle@exemple.fr"})
    next_door.post("/connexion/code/", {"code": code_sent(cast.aubin.space.here, "nouvelle@exemple.fr")})
    assert next_door.get("/compte/").status_code == 302


def test_the_console_writes_to_operators_only(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.console_host)
    for address in ("stranger@exemple.fr", cast.operator.email):
        assert browser.post("/connexion/", {"email": address}).headers["Location"] == "/connexion/code/"
    with entered(OPERATOR):
        assert [mail.recipient for mail in OutgoingEmail.objects.all()] == [cast.operator.email]
        assert not User.objects.filter(email="stranger@exemple.fr").exists()


def test_a_commune_that_waits_writes_to_its_staff_only(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.doux.host)
    for address in ("stranger@exemple.fr", cast.doux.administrator.email):
        browser.post("/connexion/", {"email": address})
    with enter(cast.doux.schema_name):
        states = dict(OutgoingEmail.objects.values_list("recipient", "state"))
    assert states == {"stranger@exemple.fr": "held", cast.doux.administrator.email: "created"}
