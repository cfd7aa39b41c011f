"""Each recipient of what was told is in one state, and the sums say how far it has come."""

from datetime import timedelta

from django.db import connection
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
    assert len(made) == 2
