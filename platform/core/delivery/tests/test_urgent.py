"""What warns of a danger waits for no hour, spends nothing, and goes first."""

from datetime import timedelta
from typing import Any

import time_machine

from core.accounts.models import User
from core.delivery.announcing import announce
from core.delivery.audience import audience
from core.delivery.mail.claiming import claim
from core.delivery.models import Announcement, Channel, DeliveryState, OutgoingEmail
from core.delivery.outbox import empty_outbox
from core.delivery.tests.conftest import Server
from core.delivery.tests.test_announcing import NIGHT, NOON, ask, here, resident, tell
from core.tenancy.keys import uuid7
from tests.cast import Cast

__all__ = ["here"]


def warn(cast: Cast, key: Any = None, **more: Any) -> Announcement:
    return announce(
        topic="news",
        key=key or uuid7(),
        title="Crue de la rivière",
        text="Montez à l’étage.",
        url="/",
        author=User.objects.get(pk=cast.aubin.editor.id),
        urgent=True,
        **more,
    )


def test_what_is_urgent_leaves_at_night_and_is_counted_so(here: Cast, smtp: Server) -> None:
    ask(resident(here), Channel.EMAIL)
    with time_machine.travel(NIGHT, tick=False):
        assert audience("news", urgent=True).sentence == "1 adresse e-mail, tout de suite."
        told = warn(here)
        assert told.leaves_at == NIGHT
        empty_outbox()
    assert [mail["To"] for mail in smtp.taken] == [here.aubin.resident.email]


def test_what_is_urgent_spends_nothing_of_the_day_and_is_not_stopped_by_it(here: Cast) -> None:
    ask(resident(here), Channel.EMAIL)
    warn(here), warn(here), warn(here)
    assert not audience("news").refusal
    tell(here), tell(here)
    assert audience("news").refusal
    assert audience("news", urgent=True).total == 1
    assert warn(here).email == 1


def test_what_is_urgent_is_told_once_too(here: Cast) -> None:
    ask(resident(here), Channel.EMAIL)
    key = uuid7()
    assert warn(here, key) == warn(here, key)
    assert OutgoingEmail.objects.count() == 1


def test_what_is_urgent_goes_before_what_was_there_first(here: Cast) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    tell(here)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        warn(here)
        assert ["Crue" in letter.subject for letter in claim("Mairie")] == [True, False]


def test_an_urgent_mail_that_failed_is_tried_again_at_night(here: Cast, smtp: Server) -> None:
    ask(resident(here), Channel.EMAIL)
    smtp.answers[here.aubin.resident.email] = "451 Try later"
    with time_machine.travel(NIGHT, tick=False):
        warn(here)
        following = empty_outbox()
    assert following
    assert following < NIGHT + timedelta(minutes=1)


def test_after_its_deadline_it_is_not_told(here: Cast, smtp: Server) -> None:
    ask(resident(here), Channel.EMAIL)
    told = warn(here, expires_at=NOON + timedelta(minutes=30))
    with time_machine.travel(told.expires_at, tick=False):
        empty_outbox()
    assert smtp.taken == []
    assert OutgoingEmail.objects.get().state == DeliveryState.EXPIRED
