"""Telling the inhabitants of an item, and counting how often it is read."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import set_urlconf
from django.utils import timezone

from core.audit.models import Entry
from core.delivery.consenting import choose
from core.delivery.models import Announcement, Channel, OutgoingEmail
from core.delivery.ruling import rule
from core.readership import readings
from core.tenancy.context import enter
from modules.news import actions, hooks
from modules.news.actions import Showing
from modules.news.jobs import publish_due_items
from modules.news.models import NewsItem
from modules.news.queries import reading_words
from modules.news.tests.writing import TYPED, all_items, content, fresh, published, scheduled, user, withdrawn, written
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"
NOON = datetime(2031, 3, 4, 12, tzinfo=ZoneInfo("Europe/Paris"))
TOLD = Showing(tell=True)


@pytest.fixture(autouse=True)
def _by_day(cast: Cast) -> Iterator[None]:
    """At noon; one resident asked for e-mails."""
    set_urlconf(settings.SITE_URLCONFS["space"])
    with time_machine.travel(NOON, tick=False):
        with enter(cast.aubin.schema_name):
            wanted = {("news", Channel.EMAIL)}
            choose(user(cast.aubin.resident), wanted, among=[("news", channel) for channel in Channel])
        yield
    set_urlconf(None)


def told(cast: Cast) -> list[tuple[str, int]]:
    with enter(cast.aubin.schema_name):
        return list(Announcement.objects.order_by("pk").values_list("title", "email"))


def test_nobody_is_told_unless_it_is_asked(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", TYPED)
    assert told(cast) == []


def test_the_form_says_how_many_would_be_told(cast: Cast, client_of: Of) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    for page in (f"{OFFICE}nouvelle/", f"{OFFICE}{item.pk}/", f"{OFFICE}{item.pk}/mettre-en-ligne/"):
        html = editor.get(page).content.decode()
        assert "Prévenir les habitants" in html
        assert "1 adresse e-mail, tout de suite." in html


def test_who_asked_is_told_once_when_it_is_ticked(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    page = editor.post(f"{OFFICE}nouvelle/publier/", {**TYPED, "tell": "on"}, follow=True)
    assert "1 par e-mail" in page.content.decode()
    assert told(cast) == [(TYPED["title"], 1)]
    [item] = all_items(cast.aubin)
    assert "tell" not in editor.get(f"{OFFICE}{item.pk}/").context["form"].fields
    again = {**TYPED, "title": "Mieux", "version": item.version, "tell": "on"}
    assert editor.post(f"{OFFICE}{item.pk}/", again).status_code == 302
    assert len(told(cast)) == 1


def test_publishing_again_tells_nobody_again(cast: Cast) -> None:
    item = withdrawn(cast.aubin, showing=TOLD)
    with enter(cast.aubin.schema_name):
        actions.publish(key=item.pk, author=user(cast.aubin.editor))
        assert OutgoingEmail.objects.filter(announcement__isnull=False).count() == 1


def test_the_tick_of_the_page_that_confirms_decides(cast: Cast, client_of: Of) -> None:
    ticked, not_ticked = written(cast.aubin, title="Oui"), written(cast.aubin, title="Non", showing=TOLD)
    editor = client_of(cast.aubin.editor)
    editor.post(f"{OFFICE}{ticked.pk}/mettre-en-ligne/", {"tell": "on"})
    editor.post(f"{OFFICE}{not_ticked.pk}/mettre-en-ligne/")
    assert told(cast) == [("Oui", 1)]


def test_what_was_scheduled_to_be_told_is_told_at_its_time(cast: Cast) -> None:
    item = scheduled(cast.aubin, NOON + timedelta(hours=2), showing=TOLD)
    assert told(cast) == []
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        publish_due_items.apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert fresh(cast.aubin, item).is_published
    assert told(cast) == [(item.title, 1)]


def test_beyond_the_daily_cap_nothing_is_published_and_the_form_says_so(cast: Cast, client_of: Of) -> None:
    with enter(cast.aubin.schema_name):
        rule(daily_cap=1, author=user(cast.aubin.administrator))
    published(cast.aubin, showing=TOLD)
    editor = client_of(cast.aubin.editor)
    response = editor.post(f"{OFFICE}nouvelle/publier/", {**TYPED, "tell": "on"})
    assert response.status_code == 422
    assert "tell" in response.context["form"].errors
    assert len(all_items(cast.aubin)) == 1
    draft = written(cast.aubin)
    page = editor.post(f"{OFFICE}{draft.pk}/mettre-en-ligne/", {"tell": "on"}, follow=True)
    assert "Publiez sans prévenir" in page.content.decode()
    assert fresh(cast.aubin, draft).is_draft


def test_beyond_the_daily_cap_what_is_scheduled_is_public_and_the_journal_says_why_nobody_was_told(cast: Cast) -> None:
    item = scheduled(cast.aubin, NOON + timedelta(hours=2), showing=TOLD)
    with enter(cast.aubin.schema_name):
        rule(daily_cap=1, author=user(cast.aubin.administrator))
    published(cast.aubin, showing=TOLD)
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        publish_due_items.apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert fresh(cast.aubin, item).is_published
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="news.not_told", target=item.title).exists()


def test_a_letter_holds_what_became_public_since(cast: Cast) -> None:
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        published(cast.aubin, title="Ancienne")
    published(cast.aubin, title="Nouvelle")
    written(cast.aubin, title="Brouillon")
    with enter(cast.aubin.schema_name):
        entries = list(hooks.digest(NOON - timedelta(hours=1), NOON))
    assert [(entry.title, entry.topic) for entry in entries] == [("Nouvelle", "news")]


def read(client: Client, item: NewsItem, way: str = "") -> None:
    assert client.get(f"/actualites/{item.pk}/", {"de": way} if way else {}).status_code == 200


def test_readings_are_counted_by_way_in_without_saying_who(cast: Cast, client_on: On, client_of: Of) -> None:
    item, anyone = published(cast.aubin), client_on(cast.aubin.host)
    for way in ("", "push", "push", "qr", "nonsense"):
        read(anyone, item, way)
    read(client_of(cast.aubin.editor), item)
    with enter(cast.aubin.schema_name):
        words = reading_words(readings("news", [item.pk])[item.pk])
    assert words == "lue 5 fois\u00a0: 2 dans l’application, 2 par notification, 1 par code QR"
    editor = client_of(cast.aubin.editor)
    assert "lue 5 fois" in editor.get(OFFICE).content.decode()
    assert "Lue 5 fois" in editor.get(f"{OFFICE}{item.pk}/apercu/").content.decode()


def test_the_council_gets_the_readings_in_a_file(cast: Cast, client_on: On, client_of: Of) -> None:
    item = published(cast.aubin, title="=SOMME(A1)")
    written(cast.aubin, title="Brouillon")
    read(client_on(cast.aubin.host), item, "mail")
    assert client_of(cast.aubin.resident).get(f"{OFFICE}lectures.csv").status_code == 403
    response = client_of(cast.aubin.editor).get(f"{OFFICE}lectures.csv")
    header, line = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"].startswith("attachment")
    assert header == "Titre;Thème;État;Parue le;Lectures;Dans l’application;Par notification;Par e-mail;Par code qr;Par flux"  # fmt: skip  # noqa: E501
    assert line == "'=SOMME(A1);Pratique;publiée;04/03/2031;1;0;0;1;0;0"


def test_a_correction_told_to_nobody_is_still_dated(cast: Cast) -> None:
    item = published(cast.aubin, showing=TOLD)
    with enter(cast.aubin.schema_name):
        now = actions.revise(
            key=item.pk, version=item.version, content=content(title="Mieux"), author=user(cast.aubin.editor)
        )
    assert now.corrected_at == timezone.now()
    assert len(told(cast)) == 1
