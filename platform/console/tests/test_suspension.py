"""Suspending a space and opening it again: what the public, the staff and the jobs may still do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import current_app
from django.test import Client
from django.utils import timezone

from console.tests.conftest import noted, written
from core.audit.models import Entry
from core.delivery.actions import send_email
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.due import dispatch, due
from modules.news.models import ItemState, NewsItem
from tenants.models import Space, Suspension
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]

REASON = "Contenu illicite, signalé trois fois."


def suspend(console: Client, cast: Cast) -> None:
    assert console.post(f"/communes/{cast.aubin.insee}/suspendre/", {"reason": REASON}).status_code == 302


def reactivate(console: Client, cast: Cast) -> None:
    assert console.post(f"/communes/{cast.aubin.insee}/reactiver/").status_code == 302


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\0b"])
def test_a_suspension_needs_a_reason(cast: Cast, console: Client, reason: str) -> None:
    page = console.post(f"/communes/{cast.aubin.insee}/suspendre/", {"reason": reason})
    assert page.status_code == 422
    assert page.context["form"]["reason"].value() == reason
    assert cast.aubin.space.state == "active"


def test_only_an_active_space_is_suspended(cast: Cast, console: Client) -> None:
    for insee in (cast.doux.insee, cast.calme_insee):
        answer = console.post(f"/communes/{insee}/suspendre/", {"reason": REASON}, follow=True)
        assert "Rien n’a été fait" in answer.content.decode()
    suspend(console, cast)
    again = console.post(f"/communes/{cast.aubin.insee}/suspendre/", {"reason": "Encore."}, follow=True)
    assert "Rien n’a été fait" in again.content.decode()
    assert Suspension.objects.count() == 1


def test_only_a_suspended_space_is_reactivated(cast: Cast, console: Client) -> None:
    for insee in (cast.aubin.insee, cast.doux.insee, cast.calme_insee):
        answer = console.post(f"/communes/{insee}/reactiver/", follow=True)
        assert "Rien n’a été fait" in answer.content.decode()
    assert Space.objects.get(commune_id=cast.doux.insee).state == "pending"
    assert not written()


def test_the_public_of_a_suspended_space_is_turned_away(
    cast: Cast, console: Client, client_on: On, client_of: Of
) -> None:
    assert client_on(cast.aubin.host).get("/").status_code == 200
    suspend(console, cast)
    for browser in (client_on(cast.aubin.host), client_of(cast.aubin.resident)):
        for address in ("/", "/actualites/", "/api/v1/actualites/"):
            assert browser.get(address).status_code == 503
    assert client_on(cast.belleville.host).get("/").status_code == 200
    reactivate(console, cast)
    assert client_on(cast.aubin.host).get("/").status_code == 200


def test_the_staff_of_a_suspended_space_read_and_change_nothing(cast: Cast, console: Client, client_of: Of) -> None:
    suspend(console, cast)
    mairie = client_of(cast.aubin.administrator)
    assert mairie.get("/mairie/").status_code == 200
    assert mairie.get("/mairie/actualites/").status_code == 200
    assert mairie.post("/mairie/modules/news/", {"etat": "off", "confirme": "1"}).status_code == 403
    reactivate(console, cast)
    assert mairie.post("/mairie/modules/news/", {"etat": "off", "confirme": "1"}).status_code == 302


def test_a_suspension_says_who_when_and_why_until_it_is_lifted(cast: Cast, console: Client) -> None:
    suspend(console, cast)
    found = Suspension.objects.get()
    assert (found.reason, found.author, found.lifted_at) == (REASON, cast.operator.email, None)
    reactivate(console, cast)
    found.refresh_from_db()
    assert found.lifted_at
    assert found.lifted_by == cast.operator.email
    page = console.get(f"/communes/{cast.aubin.insee}/").content.decode()
    assert REASON in page
    assert "levée le" in page
    verbs = [(line.verb, line.author, line.detail["insee"]) for line in noted()]
    assert verbs == [
        ("tenants.reactivated", cast.operator.email, cast.aubin.insee),
        ("tenants.suspended", cast.operator.email, cast.aubin.insee),
    ]
    with enter(cast.aubin.schema_name):
        assert list(Entry.objects.values_list("verb", flat=True)) == ["tenants.reactivated", "tenants.suspended"]


def test_all_the_staff_is_told_and_nobody_else(cast: Cast, console: Client) -> None:
    staff = [cast.aubin.administrator.email, cast.aubin.editor.email]
    suspend(console, cast)
    assert sorted(mail.recipient for mail in written()) == staff
    assert all(REASON in mail.text for mail in written())
    reactivate(console, cast)
    assert sorted(mail.recipient for mail in written()[2:]) == staff
    assert all(f"https://{cast.aubin.host}/" in mail.text for mail in written()[2:])


def test_what_waited_to_leave_is_held_and_let_go_with_the_suspension(cast: Cast, console: Client) -> None:
    def state(recipient: str) -> str:
        with enter(cast.aubin.schema_name):
            return OutgoingEmail.objects.get(recipient=recipient).state

    with enter(cast.aubin.schema_name):
        for address in ("Habitante@exemple.fr", "Editor@aubin.example"):
            send_email("login_code", to=address, context={"code": "123456", "minutes": 15})
    suspend(console, cast)
    assert (state("Habitante@exemple.fr"), state("Editor@aubin.example")) == ("held", "created")
    reactivate(console, cast)
    assert state("Habitante@exemple.fr") == "created"


def test_what_falls_due_in_a_suspended_space_is_done_where_nobody_outside_sees_it(
    cast: Cast, console: Client, client_on: On
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with enter(cast.aubin.schema_name):
        item = NewsItem.objects.create(
            title="Le marché déménage", summary="Mardi", state=ItemState.SCHEDULED, publish_at=past
        )
        due("news.publish_due", past)
    suspend(console, cast)
    assert dispatch() >= 1
    current_app.tasks["news.publish_due"].apply(headers={"space": cast.aubin.schema_name}, throw=True)
    with enter(cast.aubin.schema_name):
        assert NewsItem.objects.get().state == ItemState.PUBLISHED
    assert client_on(cast.aubin.host).get(f"/actualites/{item.pk}/").status_code == 503
    reactivate(console, cast)
    assert client_on(cast.aubin.host).get(f"/actualites/{item.pk}/").status_code == 200
