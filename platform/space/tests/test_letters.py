"""A letter is never empty, never twice, and holds what its reader asked for."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.test import Client
from django.urls import set_urlconf
from django.utils import timezone

from core.accounts.models import User
from core.delivery.consenting import choose
from core.delivery.letters import last_hour, next_morning, send_letters
from core.delivery.models import HELD, Channel, Consent, LetterIssue, OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.tenancy.models import DueWork
from modules.news.models import ItemState, NewsItem
from tenants.switches import switch_off
from tests.cast import Cast

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=PARIS)
WEDNESDAY_7 = datetime(2026, 11, 25, 7, tzinfo=PARIS)
CHOICES = "/compte/avertissements/"
MONDAY_7 = datetime(2026, 11, 30, 7, tzinfo=PARIS)


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    with enter(cast.aubin.schema_name), time_machine.travel(TUESDAY, tick=False):
        yield cast


@pytest.fixture(autouse=True)
def _as_in_a_job() -> Iterator[None]:
    set_urlconf(settings.SITE_URLCONFS["space"])
    yield
    set_urlconf(None)


def ask(cast: Cast, *channels: Channel, who: str = "resident") -> User:
    user = User.objects.get(pk=getattr(cast.aubin, who).id)
    choose(user, {("news", channel) for channel in channels}, among=[("news", channel) for channel in Channel])
    return user


def publish(title: str, when: datetime) -> None:
    NewsItem.objects.create(id=uuid7(), title=title, summary=f"{title}.", state=ItemState.PUBLISHED, published_at=when)


def at(moment: datetime) -> datetime | None:
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        return send_letters()


def test_the_daily_letter_says_what_is_new_newest_first_under_its_module(here: Cast) -> None:
    ask(here, Channel.DAILY)
    publish("Trop ancienne", TUESDAY - timedelta(days=2))
    publish("La première", TUESDAY)
    publish("La seconde", TUESDAY + timedelta(hours=1))
    assert at(WEDNESDAY_7) == WEDNESDAY_7 + timedelta(days=1)
    mail = OutgoingEmail.objects.get()
    assert mail.recipient == here.aubin.resident.email
    assert mail.subject == "La seconde et 1 autre nouvelle"
    assert mail.text.index("== Actualités ==") < mail.text.index("La seconde") < mail.text.index("La première")
    assert "Trop ancienne" not in mail.text
    assert "?de=mail" in mail.text
    assert mail.unsubscribe in mail.html


def test_the_job_of_the_commune_writes_it_and_owes_the_next(here: Cast) -> None:
    set_urlconf(None)
    ask(here, Channel.DAILY)
    publish("Nouvelle", TUESDAY)
    with time_machine.travel(WEDNESDAY_7, tick=False):
        current_app.tasks["delivery.send_letters"].apply(headers={"space": here.aubin.schema_name}, throw=True)
    assert "/actualites/" in OutgoingEmail.objects.get().text
    owed = DueWork.objects.get(job="delivery.send_letters", schema_name=here.aubin.schema_name)
    assert owed.due_at == WEDNESDAY_7 + timedelta(days=1)


def test_nothing_new_is_no_letter(here: Cast) -> None:
    ask(here, Channel.DAILY)
    at(WEDNESDAY_7)
    assert not OutgoingEmail.objects.exists()


def test_a_letter_is_written_once_however_often_the_job_runs(here: Cast) -> None:
    ask(here, Channel.DAILY)
    publish("Nouvelle", TUESDAY)
    at(WEDNESDAY_7), at(WEDNESDAY_7 + timedelta(hours=3))
    assert OutgoingEmail.objects.count() == 1
    assert LetterIssue.objects.get(period=Channel.DAILY).recipients == 1


def test_what_a_missed_morning_would_have_said_is_in_the_next_letter(here: Cast) -> None:
    ask(here, Channel.DAILY)
    at(WEDNESDAY_7)
    publish("Pendant la panne", WEDNESDAY_7 + timedelta(hours=2))
    at(WEDNESDAY_7 + timedelta(days=3))
    assert OutgoingEmail.objects.get().subject == "Pendant la panne"


def test_the_weekly_letter_leaves_on_monday_with_the_week(here: Cast) -> None:
    ask(here, Channel.WEEKLY)
    publish("Mardi", TUESDAY + timedelta(hours=1))
    at(WEDNESDAY_7)
    assert not OutgoingEmail.objects.exists()
    publish("Samedi", TUESDAY + timedelta(days=4))
    at(MONDAY_7)
    assert OutgoingEmail.objects.get().subject == "Samedi et 1 autre nouvelle"


def test_each_reader_has_their_own_link_and_who_did_not_ask_has_none(here: Cast) -> None:
    ask(here, Channel.DAILY)
    ask(here, Channel.DAILY, who="editor")
    ask(here, Channel.EMAIL, who="administrator")
    publish("Nouvelle", TUESDAY)
    at(WEDNESDAY_7)
    mails = list(OutgoingEmail.objects.all())
    assert {mail.recipient for mail in mails} == {here.aubin.resident.email, here.aubin.editor.email}
    assert len({mail.unsubscribe for mail in mails}) == 2
    assert all(mail.unsubscribe in mail.text and "stop-here" not in mail.text + mail.html for mail in mails)


def test_a_module_that_is_off_says_nothing(here: Cast) -> None:
    ask(here, Channel.DAILY)
    publish("Nouvelle", TUESDAY)
    switch_off(here.aubin.space, "news", author="test")
    at(WEDNESDAY_7)
    assert not OutgoingEmail.objects.exists()


def test_a_module_that_is_off_is_not_proposed_and_its_choices_stay(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.aubin.resident)
    browser.post(CHOICES, {"news-email": "on"})
    switch_off(cast.aubin.space, "news", author="test")
    assert "Actualités</b>" not in browser.get(CHOICES).content.decode()
    browser.post(CHOICES, {})
    with enter(cast.aubin.schema_name):
        assert Consent.objects.live().count() == 1


def test_who_asks_after_the_hour_waits_for_the_next_letter(here: Cast) -> None:
    publish("Nouvelle", TUESDAY - timedelta(hours=12))
    ask(here, Channel.DAILY)
    at(TUESDAY)
    assert not OutgoingEmail.objects.exists()


def test_a_commune_where_nobody_asks_any_more_owes_nothing(here: Cast) -> None:
    ask(here, Channel.DAILY)
    ask(here)
    assert at(WEDNESDAY_7) is None


def test_a_letter_of_a_commune_that_is_not_active_is_held(cast: Cast) -> None:
    with enter(cast.doux.schema_name), time_machine.travel(TUESDAY, tick=False):
        user = User.objects.get(pk=cast.doux.resident.id)
        choose(user, {("news", Channel.DAILY)}, among=[("news", Channel.DAILY)])
        publish("Nouvelle", timezone.now() + timedelta(minutes=1))
        at(WEDNESDAY_7)
        assert OutgoingEmail.objects.get().state == HELD


def test_the_hours_are_the_communes_whatever_the_clock_does() -> None:
    """In the last week of October a day has twenty-five hours."""
    with timezone.override(PARIS):
        sunday = datetime(2026, 10, 25, 6, 59, tzinfo=PARIS)
        assert last_hour(Channel.DAILY, sunday) == datetime(2026, 10, 24, 7, tzinfo=PARIS)
        assert next_morning(sunday) == datetime(2026, 10, 25, 7, tzinfo=PARIS)
        assert last_hour(Channel.WEEKLY, sunday) == datetime(2026, 10, 19, 7, tzinfo=PARIS)
    with timezone.override(ZoneInfo("Indian/Reunion")):
        assert last_hour(Channel.DAILY, WEDNESDAY_7).hour == 7
