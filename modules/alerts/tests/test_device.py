"""A telephone that its owner trusts opens the alerts without signing in, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.accounts.models import RoleGrant, User
from core.audit.models import Entry
from core.security.models import TrustedDevice
from core.tenancy.context import enter
from modules.alerts.tests.warning import OFFICE, announced, sent, typed, written
from tests.cast import Cast, Person, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGE = f"{OFFICE}appareil/"
COOKIE = "__Host-trusted"


def trusted(place: Place, person: Person, client_of: Of, client_on: On) -> Client:
    """A browser that holds nothing but what trust gave it."""
    signed_in = client_of(person)
    signed_in.post(PAGE, {"act": "trust"})
    browser = client_on(place.host)
    browser.cookies[COOKIE] = signed_in.cookies[COOKIE].value
    return browser


def test_a_stranger_with_no_cookie_or_a_forged_one_signs_in(cast: Cast, client_on: On, client_of: Of) -> None:
    trusted(cast.aubin, cast.aubin.administrator, client_of, client_on)
    for forged in ("", "a" * 43, "a" * 5000, "é" * 43, "%00"):
        browser = client_on(cast.aubin.host)
        browser.cookies[COOKIE] = forged
        assert browser.get(f"{OFFICE}nouvelle/").status_code == 302


def test_a_device_of_another_commune_opens_nothing(cast: Cast, client_on: On, client_of: Of) -> None:
    here = trusted(cast.aubin, cast.aubin.administrator, client_of, client_on)
    there = client_on(cast.belleville.host)
    there.cookies[COOKIE] = here.cookies[COOKIE].value
    assert there.get(f"{OFFICE}nouvelle/").status_code == 302


def test_it_opens_no_page_but_those_of_alerts(cast: Cast, client_on: On, client_of: Of) -> None:
    live = sent(cast.aubin)
    browser = trusted(cast.aubin, cast.aubin.administrator, client_of, client_on)
    closed = ("/mairie/", "/mairie/habitants/", "/mairie/journal/", "/compte/", "/compte/securite/", PAGE,
              f"{OFFICE}{live.pk}/journal.csv", f"{OFFICE}reglages/")  # fmt: skip
    assert {browser.get(path).status_code for path in closed} == {302}
    assert browser.post("/api/v1/alertes/", {}, "application/json").status_code == 403


def test_from_its_icon_to_an_alert_that_is_sent(cast: Cast, client_on: On, client_of: Of) -> None:
    browser = trusted(cast.aubin, cast.aubin.administrator, client_of, client_on)
    manifest = browser.get("/alertes/raccourci.webmanifest").json()
    assert manifest["start_url"].startswith(manifest["scope"])
    assert browser.get(manifest["start_url"]).status_code == 200
    check = browser.post(f"{OFFICE}nouvelle/flood/", typed())
    page = browser.get(check["Location"])
    alert = page.context["alert"]
    browser.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": alert.version})
    assert len(announced(cast.aubin)) == 1
    with enter(cast.aubin.schema_name):
        assert Entry.objects.get(verb="alerts.sent").author_id == cast.aubin.administrator.id
    assert browser.get("/compte/").status_code == 302, "no session is begun"


def test_it_gives_no_right_that_its_owner_has_not(cast: Cast, client_on: On, client_of: Of) -> None:
    draft = written(cast.aubin)
    editor = trusted(cast.aubin, cast.aubin.editor, client_of, client_on)
    assert editor.post(f"{OFFICE}{draft.pk}/envoyer/", {"version": 1}).status_code == 403
    with enter(cast.aubin.schema_name):
        RoleGrant.objects.filter(user=cast.aubin.editor.id).update(ended_at=timezone.now())
    assert editor.get(OFFICE).status_code == 403
    with enter(cast.aubin.schema_name):
        User.objects.filter(pk=cast.aubin.editor.id).update(is_active=False)
    assert editor.get(OFFICE).status_code == 302


@pytest.mark.parametrize("end", ["page", "security", "everywhere", "signing out"])
def test_trust_ends_the_moment_it_is_withdrawn(cast: Cast, client_on: On, client_of: Of, end: str) -> None:
    owner = client_of(cast.aubin.administrator)
    owner.post(PAGE, {"act": "trust"})
    lost = client_on(cast.aubin.host)
    lost.cookies[COOKIE] = owner.cookies[COOKIE].value
    assert lost.get(OFFICE).status_code == 200
    with enter(cast.aubin.schema_name):
        key = TrustedDevice.objects.get().pk
    acts: dict[str, tuple[str, Any]] = {
        "page": (PAGE, {"act": "distrust"}),
        "security": (f"/compte/securite/confiance/{key}/", {}),
        "everywhere": ("/compte/securite/partout/", {}),
        "signing out": ("/deconnexion/", {}),
    }
    owner.post(*acts[end])
    assert lost.get(OFFICE).status_code == 302


def test_trust_that_nobody_used_for_six_months_is_over(cast: Cast, client_on: On, client_of: Of) -> None:
    browser = trusted(cast.aubin, cast.aubin.administrator, client_of, client_on)
    for days, status in ((150, 200), (300, 200), (500, 302)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert browser.get(OFFICE).status_code == status


def test_trust_is_given_only_after_a_fresh_sign_in_and_once(cast: Cast, client_of: Of) -> None:
    owner = client_of(cast.aubin.administrator)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert "/connexion/confirmer/" in owner.post(PAGE, {"act": "trust"})["Location"]
    for _ in range(2):
        owner.post(PAGE, {"act": "trust"})
    with enter(cast.aubin.schema_name):
        [kept] = TrustedDevice.objects.all()
    assert owner.cookies[COOKIE].value not in kept.token
    assert owner.cookies[COOKIE]["samesite"] == "Lax" and owner.cookies[COOKIE]["httponly"]


def test_somebody_else_s_device_is_not_withdrawn(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.administrator).post(PAGE, {"act": "trust"})
    with enter(cast.aubin.schema_name):
        key = TrustedDevice.objects.get().pk
    client_of(cast.aubin.editor).post(f"/compte/securite/confiance/{key}/")
    with enter(cast.aubin.schema_name):
        assert TrustedDevice.objects.filter(pk=key).exists()
