"""Each recipient of what was told is in one state, and the sums say how far it has come."""

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.delivery.models import HELD, Announcement, Channel, DeliveryState, OutgoingEmail, OutgoingPush
from core.delivery.progress import Counts, Progress, progress
from core.delivery.tests.test_announcing import ask, device, here, resident, tell
from tests.cast import Cast

__all__ = ["here"]


def push(told: Announcement, state: DeliveryState) -> None:
    now = timezone.now()
    OutgoingPush.objects.create(
        announcement=told, device=device(), state=state, not_before=now, expires_at=now + timedelta(days=1)
    )


def mail(told: Announcement, state: str) -> None:
    now = timezone.now()
    OutgoingEmail.objects.create(
        announcement=told,
        recipient="camille@exemple.fr",
        subject="x",
        text="x",
        state=state,
        not_before=now,
        expires_at=now + timedelta(days=1),
    )


def test_what_was_just_told_waits_for_everybody(here: Cast) -> None:
    device(resident(here))
    ask(resident(here), Channel.PUSH, Channel.EMAIL)
    found = progress(tell(here))
    assert found == Progress(push=Counts(created=1), email=Counts(created=1))
    assert not found.is_over


def test_every_state_is_counted_once(here: Cast) -> None:
    told, other = tell(here), tell(here)
    for state in DeliveryState:
        push(told, state)
    push(other, DeliveryState.ACCEPTED)
    found = progress(told).push
    assert found == Counts(1, 1, 1, 1, 1, 1, 1, 1, 1)
    assert (found.left, found.reached, found.failed, found.total) == (3, 3, 3, 9)


def test_an_email_is_told_in_the_same_words_and_waits_while_it_is_held(here: Cast) -> None:
    told = tell(here)
    for state in (*DeliveryState, HELD):
        mail(told, state)
    assert progress(told).email == Counts(2, 1, 1, 1, 1, 1, 1, 1, 1)


def test_it_takes_one_statement_a_channel(here: Cast) -> None:
    told = tell(here)
    for _ in range(5):
        push(told, DeliveryState.ACCEPTED)
    with CaptureQueriesContext(connection) as made:
        assert progress(told).is_over
    assert len(made) == 3


def aged(rows: Any, seconds: int) -> None:
    rows.update(done_at=timezone.now() - timedelta(seconds=seconds))


def test_what_is_left_is_counted_from_the_pace_of_the_last_minute(here: Cast) -> None:
    told = tell(here)
    for _ in range(6):
        push(told, DeliveryState.CREATED)
    for _ in range(5):
        push(told, DeliveryState.ACCEPTED)
    rows = OutgoingPush.objects.filter(announcement=told, state=DeliveryState.ACCEPTED)
    aged(rows, 61)
    assert progress(told).seconds_left is None, "nothing left in the last minute: nobody knows"
    aged(OutgoingPush.objects.filter(pk__in=rows.values("pk")[:3]), 10)
    assert progress(told).seconds_left == 120
    OutgoingPush.objects.update(state=DeliveryState.ACCEPTED, done_at=timezone.now())
    assert progress(told).seconds_left is None


def test_the_slowest_channel_says_how_long_and_what_leaves_later_is_waited_for(here: Cast) -> None:
    told = tell(here)
    push(told, DeliveryState.CREATED), push(told, DeliveryState.ACCEPTED)
    aged(OutgoingPush.objects.filter(state=DeliveryState.ACCEPTED), 5)
    assert progress(told).seconds_left == 60
    mail(told, DeliveryState.CREATED)
    assert progress(told).seconds_left is None, "nobody knows of the mails"
    OutgoingEmail.objects.update(not_before=timezone.now() + timedelta(minutes=5))
    assert progress(told).seconds_left == 300


def shown(told: Announcement) -> str:
    return render_to_string("delivery/_progress.html", {"progress": progress(told), "refresh_url": "/suite/"})


def test_it_is_said_in_words_and_asks_for_more_until_it_is_over(here: Cast) -> None:
    told = tell(here)
    assert "Personne n’avait demandé" in shown(told)
    assert "hx-get" not in shown(told)
    push(told, DeliveryState.CREATED), push(told, DeliveryState.DISPLAYED)
    aged(OutgoingPush.objects.filter(state=DeliveryState.DISPLAYED), 5)
    text = re.sub(r"[ \n]+", " ", shown(told))
    assert 'hx-get="/suite/" hx-trigger="every 2s"' in text
    assert '<progress class="wide" max="2" value="1"' in text
    assert "<b>1 sur 2</b> · reste 1 minute environ" in text
    assert "1 / 2 · affichées : 1" in text
    assert "E-mails" not in text
    OutgoingPush.objects.update(state=DeliveryState.EXPIRED, done_at=timezone.now())
    assert "Envoi terminé" in shown(told)
    assert "hx-get" not in shown(told)
