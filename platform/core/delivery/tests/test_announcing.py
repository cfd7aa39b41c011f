"""What is not an alert is told once, to those who asked, by day, and not too often."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.actions import release_held
from core.delivery.announcing import announce
from core.delivery.audience import audience
from core.delivery.consenting import choose
from core.delivery.models import (
    HELD,
    Announcement,
    Channel,
    Consent,
    Device,
    OutgoingEmail,
    OutgoingPush,
    Rules,
)
from core.delivery.outbox import empty_outbox
from core.delivery.ruling import rule
from core.delivery.tests.conftest import Server
from core.delivery.tests.factories import AUTH, P256DH
from core.organisation.models import Department
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.tenancy.models import DueWork
from core.web.meanwhile import ChangedMeanwhile, digest
from tests.cast import Cast

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 24, 12, tzinfo=PARIS)
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=PARIS)
KEY = "oHYZx4qr5rYqr3bGnU1o7TiXg9XNNBIk2Xx3BqOfSXo"


@pytest.fixture
def here(cast: Cast, settings: Any) -> Iterator[Cast]:
    settings.VAPID_PRIVATE_KEY = KEY
    with enter(cast.aubin.schema_name), time_machine.travel(NOON, tick=False):
        yield cast


def resident(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.resident.id)


def ask(owner: User | Device, *channels: Channel) -> None:
    wanted = {("news", channel) for channel in channels}
    choose(owner, wanted, among=[("news", channel) for channel in Channel])


def device(user: User | None = None) -> Device:
    return Device.objects.create(
        user=user, endpoint=f"https://push.example/{uuid7()}", p256dh=P256DH, auth=AUTH, seen_at=timezone.now()
    )


def tell(cast: Cast, key: Any = None, title: str = "Le marché revient") -> Announcement:
    author = User.objects.get(pk=cast.aubin.editor.id)
    return announce(
        topic="news",
        key=key or uuid7(),
        title=title,
        text="Samedi, place du Four.",
        url="/actualites/1/",
        author=author,
    )


def test_nobody_is_told_who_did_not_ask(here: Cast) -> None:
    device()
    told = tell(here)
    assert (told.push, told.email) == (0, 0)
    assert not OutgoingEmail.objects.exists()
    assert audience("news").sentence == "Personne n’a encore demandé à être prévenu."


def test_devices_and_addresses_that_asked_are_counted_then_told(here: Cast) -> None:
    person, stranger = resident(here), device()
    device(person), device(person)
    ask(person, Channel.PUSH, Channel.EMAIL)
    ask(stranger, Channel.PUSH)
    found = audience("news")
    assert (found.push, found.email) == (3, 1)
    assert found.sentence == "3 appareils et 1 adresse e-mail, tout de suite."
    told = tell(here)
    assert (told.push, told.email, told.author) == (3, 1, here.aubin.editor.email)
    assert OutgoingPush.objects.filter(announcement=told).count() == 3
    assert Entry.objects.get(verb="delivery.announced").detail == {"push": 3, "email": 1}
    assert audience("agenda").total == 0


def test_who_may_no_longer_enter_is_not_told(here: Cast) -> None:
    person = resident(here)
    device(person)
    ask(person, Channel.PUSH, Channel.EMAIL)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert audience("news").total == 0


def test_a_platform_without_a_key_pushes_nothing(here: Cast, settings: Any) -> None:
    ask(device(), Channel.PUSH)
    settings.VAPID_PRIVATE_KEY = ""
    assert audience("news").push == 0


def test_a_thing_is_told_once_whatever_becomes_of_it(here: Cast) -> None:
    ask(resident(here), Channel.EMAIL)
    key = uuid7()
    first = tell(here, key)
    assert tell(here, key, title="Le marché revient (corrigé)") == first
    assert OutgoingEmail.objects.count() == 1


def test_at_night_it_is_put_off_to_the_morning_and_the_hour_is_said_first(here: Cast, smtp: Server) -> None:
    ask(resident(here), Channel.EMAIL)
    with time_machine.travel(NIGHT, tick=False):
        said = audience("news").sentence
        assert (
            said == "1 adresse e-mail, à partir de mercredi 25 novembre 2026 à 8\xa0h : personne n’est dérangé la nuit."
        )
        told = tell(here)
        empty_outbox()
        assert smtp.taken == []
    assert told.leaves_at == datetime(2026, 11, 25, 8, tzinfo=PARIS)
    assert DueWork.objects.get(job="delivery.send_outbox", schema_name=here.aubin.schema_name).due_at <= told.leaves_at
    with time_machine.travel(told.leaves_at + timedelta(minutes=1), tick=False):
        empty_outbox()
    assert len(smtp.taken) == 1


@pytest.mark.parametrize(("hour", "leaves"), [(20, (24, 20)), (21, (25, 8)), (3, (24, 8)), (8, (24, 8))])
def test_quiet_hours_are_from_21_to_8(hour: int, leaves: tuple[int, int], here: Cast) -> None:
    with time_machine.travel(NOON.replace(hour=hour), tick=False):
        there = timezone.localtime(audience("news").leaves_at)
        assert (there.day, there.hour) == leaves


def test_the_day_has_a_cap_which_says_so_and_refuses(here: Cast) -> None:
    ask(resident(here), Channel.EMAIL)
    tell(here), tell(here)
    assert audience("news").total == 0
    assert "(2)" in audience("news").refusal
    with pytest.raises(ValidationError) as refused:
        tell(here)
    assert refused.value.code == "daily_cap"
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert audience("news").total == 1


def test_what_reached_nobody_spends_nothing(here: Cast) -> None:
    for _ in range(4):
        tell(here)
    ask(resident(here), Channel.EMAIL)
    assert audience("news").total == 1


def test_the_mairie_chooses_the_cap_and_the_former_one_stays_written(here: Cast) -> None:
    author = User.objects.get(pk=here.aubin.administrator.id)
    read = digest({"daily_cap": 2})
    rule(daily_cap=1, author=author, read=read)
    rule(daily_cap=1, author=author, read=read)
    assert Rules.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        rule(daily_cap=5, author=author, read=read)
    ask(resident(here), Channel.EMAIL)
    tell(here)
    assert audience("news").refusal


def test_who_changes_their_mind_before_the_morning_is_left_alone(here: Cast) -> None:
    person = resident(here)
    device(person)
    ask(person, Channel.PUSH, Channel.EMAIL)
    with time_machine.travel(NIGHT, tick=False):
        tell(here)
        ask(person)
    assert not OutgoingEmail.objects.exists()
    assert not OutgoingPush.objects.exists()


def test_a_commune_that_is_not_active_writes_and_holds(cast: Cast) -> None:
    with enter(cast.doux.schema_name), time_machine.travel(NOON, tick=False):
        ask(User.objects.get(pk=cast.doux.resident.id), Channel.EMAIL)
        announce(topic="news", key=uuid7(), title="Titre", text="", url="/", author=None)
        assert OutgoingEmail.objects.get().state == HELD


def test_the_mail_has_its_link_its_reason_and_one_click_to_stop_it(
    here: Cast, smtp: Server, client_on: Callable[[str], Client]
) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL, Channel.DAILY)
    tell(here)
    empty_outbox()
    (mail,) = smtp.taken
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "https://aubin.beffroi.test/actualites/1/?de=mail" in text
    assert "être prévenu tout de suite : « Actualités »" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = "".join(str(mail["List-Unsubscribe"]).split()).strip("<>")
    assert stop in text
    path = stop.removeprefix("https://aubin.beffroi.test")
    program = client_on(here.aubin.host)
    assert program.get(path).status_code == 200
    assert audience("news").email == 1, "a link that is followed changes nothing"
    answer = Client(enforce_csrf_checks=True, headers={"host": here.aubin.host, "x-forwarded-proto": "https"}).post(
        path, {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    with enter(here.aubin.schema_name):
        assert audience("news").email == 0
        assert person.consents.live().get().channel == Channel.DAILY


@pytest.mark.parametrize(
    ("addresses", "answered_at"),
    [([], ""), (["", "mairie@aubin.example", "ecole@aubin.example"], "mairie@aubin.example")],
)
def test_who_answers_writes_to_the_mairie(here: Cast, addresses: list[str], answered_at: str) -> None:
    Department.objects.all().delete()
    for position, address in enumerate(addresses):
        Department.objects.create(name=f"Service {position}", email=address, position=position)
    ask(resident(here), Channel.EMAIL)
    tell(here)
    assert OutgoingEmail.objects.get().reply_to == answered_at


def test_a_mail_that_failed_in_the_evening_is_not_tried_again_at_night(here: Cast, smtp: Server) -> None:
    ask(resident(here), Channel.EMAIL)
    smtp.answers[here.aubin.resident.email] = "451 Try later"
    with time_machine.travel(NOON.replace(hour=20, minute=59, second=55), tick=False):
        tell(here)
        assert empty_outbox() == datetime(2026, 11, 25, 8, tzinfo=PARIS)


def test_telling_many_takes_as_many_statements_as_telling_few(here: Cast) -> None:
    def statements(people: int) -> int:
        for number in range(people):
            user = User.objects.create_person(f"p{people}-{number}@exemple.fr", name="P")
            User.objects.filter(pk=user.pk).update(verified_at=timezone.now())
            device(user)
            Consent.objects.bulk_create(
                Consent(user=user, topic="news", channel=each, version="1") for each in (Channel.PUSH, Channel.EMAIL)
            )
        with CaptureQueriesContext(connection) as made:
            told = tell(here)
        assert told.push == told.email >= people
        return len(made)

    assert statements(1) == statements(30)


def test_what_waited_for_the_commune_to_be_active_is_owed_then(cast: Cast, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    with enter(cast.doux.schema_name), time_machine.travel(NOON, tick=False):
        ask(device(), Channel.PUSH)
        announce(topic="news", key=uuid7(), title="Titre", text="", url="/", author=None)
        DueWork.objects.filter(job="delivery.send_pushes").delete()
        release_held()
        assert DueWork.objects.filter(job="delivery.send_pushes", schema_name=cast.doux.schema_name).exists()
