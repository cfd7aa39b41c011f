"""The last click: one space, all of it or nothing, for one person, whatever happens meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from portal.opening import open_commune
from portal.signup import actions
from portal.tests.journey import EMAIL, Journey, mails_to, text
from tenants.leaving.erasing import erase_space
from tenants.models import Commune, Entitlement, Mandate, ModuleSwitch, Signup, Space, Ticket
from tenants.opening import AlreadyOpen
from tests.cast import Cast

On = Callable[[str], Client]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
CRASHES = [
    "portal.opening.open_space",
    "portal.opening.begin_trial",
    "portal.opening.switch_on",
    "portal.opening.commune_facts",
    "portal.opening.add_person",
    "portal.opening.verify",
    "portal.opening.grant_role",
    "portal.opening.record",
    "portal.signup.actions.Mandate.objects.create",
    "portal.signup.actions.send_email",
    "portal.signup.actions.tickets.issue",
]


@pytest.fixture
def journey(cast: Cast, client_on: On) -> Journey:
    return Journey(client_on(cast.portal_host), cast.calme_insee)


def counted() -> dict[str, int]:
    """Everything that opening writes outside the new schema, and that schema."""
    rows = {model.__name__: model._default_manager.count() for model in (Space, Entitlement, ModuleSwitch, Mandate)}
    rows |= {"tickets": Ticket.objects.count(), "due": DueWork.objects.count()}
    with entered(OPERATOR):
        rows |= {"journal": Entry.objects.count(), "mails": OutgoingEmail.objects.count()}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_namespace where nspname ~ '^c[0-9]'")
        rows["schemas"] = cursor.fetchone()[0]
    return rows


@pytest.mark.parametrize("place", CRASHES)
def test_a_crash_anywhere_leaves_nothing_half_open_and_the_code_still_works(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    journey.until_code()
    before = counted()

    def crash(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(place, crash)
        journey.type(journey.code())
    assert counted() == before
    signup = Signup.objects.get()
    assert (signup.completed_at, signup.space, signup.code_attempts) == (None, None, 0)
    assert journey.type(journey.code()).status_code == 302
    assert counted()["schemas"] == before["schemas"] + 1


@contextmanager
def holding(insee: str) -> Iterator[None]:
    """Keep the commune from being opened, until both who finish wait for it."""
    with transaction.atomic():
        Commune.objects.select_for_update().get(pk=insee)
        yield
        waiting = 0
        while waiting < 2:
            with connection.cursor() as cursor:
                cursor.execute("select pg_stat_clear_snapshot()")
                cursor.execute(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and wait_event_type = 'Lock'"
                )
                (waiting,) = cursor.fetchone()


def at_once(insee: str, *tries: Callable[[], Any]) -> list[Any]:
    answers: list[Any] = [None] * len(tries)

    def run(number: int) -> None:
        try:
            answers[number] = tries[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tries))]
    with holding(insee):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_who_finish_at_once_open_one_space_and_the_second_is_told(committed_cast: Cast, client_on: On) -> None:
    insee, portal = committed_cast.calme_insee, committed_cast.portal_host
    people = [Journey(client_on(portal), insee, email=f"{name}@exemple.fr").until_code() for name in ("anna", "bruno")]
    typed = [(each, each.code()) for each in people]
    answers = at_once(insee, *(lambda each=each, code=code: each.type(code) for each, code in typed))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    (loser,) = [answer for answer in answers if answer.status_code == 409]
    assert "L’espace de Calme est déjà ouvert" in text(loser)
    assert "@exemple.fr" not in text(loser)
    assert Space.objects.filter(commune_id=insee).count() == Mandate.objects.count() == 1
    with enter(f"c{insee}"):
        assert User.objects.count() == 1


def test_a_double_click_opens_one_space_and_both_answers_let_in(committed_cast: Cast, client_on: On) -> None:
    insee = committed_cast.calme_insee
    journey = Journey(client_on(committed_cast.portal_host), insee).until_code()
    code = journey.code()
    answers = at_once(insee, lambda: journey.type(code), lambda: journey.type(code))
    assert [answer.status_code for answer in answers] == [302, 302]
    tokens = {answer.headers["Location"].partition("jeton=")[2] for answer in answers}
    assert len(tokens) == 2 and "" not in tokens
    assert Mandate.objects.count() == 1


def test_a_double_click_a_minute_later_leads_to_the_space_without_letting_in(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.finish()
        now.shift(timedelta(seconds=60))
        assert journey.type(journey.code()).headers["Location"] == "/ouvrir/code/"
    assert Ticket.objects.count() == 1


def test_tries_after_the_opening_are_counted_too(journey: Journey) -> None:
    journey.finish()
    for _ in range(5):
        assert journey.type(journey.wrong_code()).headers["Location"] == "/ouvrir/code/"
    assert journey.type(journey.code()).headers["Location"] == "/ouvrir/code/"
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("page", ["23031", "modules", "vous", "contrat", "code"])
def test_a_finished_opening_leads_to_its_space(cast: Cast, journey: Journey, page: str) -> None:
    journey.finish()
    url = f"https://{cast.calme_host}/mairie/"
    assert journey.client.get(f"/ouvrir/{page}/").headers["Location"] == url
    posted = journey.client.post(f"/ouvrir/{page}/", {"name": "Paul"})
    assert posted.status_code == 200
    assert f'href="{url}"' in text(posted)
    assert Signup.objects.get().name == "Claire Martin"


@pytest.mark.parametrize("state", Space.State.values)
def test_a_commune_that_has_its_space_leads_to_its_administrator(cast: Cast, client_on: On, state: str) -> None:
    Space.objects.filter(pk=cast.aubin.space.pk).update(state=state)
    portal = client_on(cast.portal_host)
    page = text(portal.get(f"/ouvrir/{cast.aubin.insee}/"))
    assert "est déjà ouvert" in page and "Demandez-lui de vous inviter" in page
    assert f'href="https://{cast.aubin.host}/mairie/"' in page
    assert "contact@beffroi.test" in page
    assert "administrator@" not in page
    waits = f'href="/prevenir/{cast.aubin.insee}/"' in page
    assert waits == (state == Space.State.PENDING)
    assert portal.post(f"/ouvrir/{cast.aubin.insee}/", {"team": "1"}).status_code == 409
    assert not Signup.objects.exists()


def test_who_is_on_the_way_is_told_when_somebody_else_was_first(cast: Cast, client_on: On, journey: Journey) -> None:
    journey.until_code()
    Journey(client_on(cast.portal_host), cast.calme_insee, email="paul@exemple.fr").finish()
    assert "est déjà ouvert" in text(journey.client.get("/ouvrir/vous/"))
    assert journey.type(journey.code()).status_code == 409


def test_a_space_refused_and_erased_can_be_opened_anew(cast: Cast, journey: Journey) -> None:
    journey.finish()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # as the commit between the two would
    erase_space(Space.objects.get(commune_id=cast.calme_insee))
    assert journey.client.get("/ouvrir/code/").status_code == 404
    journey.email = "maire@exemple.fr"
    assert journey.finish().status_code == 302
    assert Signup.objects.count() == 2


def test_the_form_of_the_code_may_lead_to_the_new_host_and_to_no_other(cast: Cast, journey: Journey) -> None:
    journey.until_code()
    for response in (journey.client.get("/ouvrir/code/"), journey.type("000")):
        allowed = f"form-action 'self' https://{cast.calme_host};"
        assert allowed in response["Content-Security-Policy"] + ";"
    assert cast.calme_host not in journey.client.get("/ouvrir/vous/")["Content-Security-Policy"]


def test_nobody_of_the_portal_is_written_in_public(journey: Journey) -> None:
    journey.finish()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_tables where schemaname = 'public' and tablename ~ 'session|user'")
        assert cursor.fetchone() == (0,)
    assert "sessionid" not in journey.client.cookies and "__Host-session" not in journey.client.cookies


def test_changes_in_another_tab_wait_for_the_opening_and_change_nothing_of_it(journey: Journey) -> None:
    journey.finish()
    key = Signup.objects.get().pk
    for change in (
        lambda: actions.choose_modules(key, ["news"]),
        lambda: actions.introduce(key, name="Paul", capacity="agent", email="paul@exemple.fr"),
        lambda: actions.accept_terms(key),
        lambda: actions.send_again(key),
    ):
        with pytest.raises(actions.Finished):
            change()
    assert len(mails_to(EMAIL)) == 1


def test_a_space_opens_once_whoever_asks(cast: Cast) -> None:
    with pytest.raises(AlreadyOpen):
        open_commune(cast.aubin.space.commune, modules=["news"], email=EMAIL, name="")
