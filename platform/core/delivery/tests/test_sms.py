"""By SMS a danger is told to those who asked, paid beforehand, and not to who sees the notification first."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.announcing import Sms, announce
from core.delivery.audience import audience
from core.delivery.models import (
    Announcement,
    Channel,
    OutgoingEmail,
    OutgoingSms,
    SmsConsent,
)
from core.delivery.sms.actions import PATIENCE
from core.delivery.sms.credit import balance
from core.delivery.sms.sending import claim as texts
from core.delivery.sms.sending import empty_sms
from core.delivery.sms.tests.conftest import BOUGHT, ONE, TWO, in_aubin, providers
from core.delivery.sms.tests.services import Services
from core.delivery.tests.test_announcing import KEY, NOON, ask, device
from core.tenancy.keys import uuid7
from core.tenancy.models import DueWork
from tests.cast import Cast

__all__ = ["in_aubin", "providers"]
FLOOD = Sms("Mairie de Saint-Aubin. Crue : montez à l'étage.")


@pytest.fixture
def here(cast: Cast, in_aubin: None, settings: Any) -> Cast:
    settings.VAPID_PRIVATE_KEY = KEY
    return cast


def resident(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.resident.id)


def asks(number: str, user: User | None = None) -> SmsConsent:
    return SmsConsent.objects.create(number=number, user=user, topic="news", version="1", author="x")


def warn(key: Any = None, sms: Sms | None = FLOOD, **more: Any) -> Announcement:
    return announce(
        topic="news",
        key=key or uuid7(),
        title="Crue",
        text="Montez.",
        url="/",
        author=None,
        urgent=True,
        sms=sms,
        **more,
    )


def with_devices(cast: Cast, *numbers: str) -> User:
    """Somebody with a device and these numbers."""
    person = resident(cast)
    device(person)
    ask(person, Channel.PUSH)
    for number in numbers:
        asks(number, person)
    return person


def test_nobody_is_written_to_who_did_not_ask(here: Cast, providers: Services) -> None:
    told = warn()
    assert told.sms == 0
    assert balance() == BOUGHT
    assert audience("news", urgent=True, sms=FLOOD).sentence == "Personne n’a encore demandé à être prévenu."


def test_without_credit_it_is_refused_and_nothing_is_told(here: Cast) -> None:
    asks(ONE), asks(TWO)
    long = Sms("Crue. " * 25 * 50)
    ask(resident(here), Channel.EMAIL)
    with pytest.raises(ValidationError) as refused:
        warn(sms=long)
    assert refused.value.code == "too_long"
    for number in range(BOUGHT):
        asks(f"+336399{number:05}")
    with pytest.raises(ValidationError) as refused:
        warn()
    assert refused.value.code == "no_credit"
    assert not Announcement.objects.exists()
    assert not OutgoingEmail.objects.exists()
    assert balance() == BOUGHT


@pytest.mark.parametrize(("sms", "words"), [(Sms(" "), "Écrivez"), (Sms("a" * 10_000), "raccourcissez")])
def test_a_text_that_is_no_sms_is_said_so_beforehand(sms: Sms, words: str, here: Cast) -> None:
    asks(ONE)
    found = audience("news", urgent=True, sms=sms)
    assert words in found.sms_refusal
    assert (found.sms, found.total) == (1, 0)


def test_what_it_would_cost_is_known_beforehand_and_so_is_what_lacks(here: Cast) -> None:
    for number in range(60):
        asks(f"+336399{number:05}")
    long = Sms("Crue de la rivière. Montez à l'étage. " * 5)
    found = audience("news", urgent=True, sms=long)
    assert (found.sms, found.segments, found.credit, found.lacks_credit) == (60, 120, BOUGHT, True)
    assert "Il reste 100 SMS" in found.sms_refusal
    found = audience("news", urgent=True, sms=FLOOD)
    assert (found.segments, found.lacks_credit, found.sms_refusal) == (60, False, "")
    assert found.sentence == "60 numéros par SMS, tout de suite."


def test_mortal_danger_is_told_though_the_credit_is_spent(here: Cast) -> None:
    for number in range(BOUGHT + 1):
        asks(f"+336399{number:05}")
    vital = Sms(FLOOD.text, at_once=True)
    found = audience("news", urgent=True, sms=vital)
    assert (found.lacks_credit, found.sms_refusal) == (True, "")
    assert warn(sms=vital).sms == BOUGHT + 1
    assert balance() == -1


def test_mortal_danger_is_told_otherwise_when_no_provider_is_there(here: Cast, settings: Any) -> None:
    asks(ONE)
    ask(resident(here), Channel.EMAIL)
    settings.SMS_OVH_SERVICE = settings.SMS_BREVO_KEY = ""
    assert audience("news", urgent=True, sms=FLOOD).sms_refusal
    with pytest.raises(ValidationError) as refused:
        warn()
    assert refused.value.code == "not_offered"
    told = warn(sms=Sms(FLOOD.text, at_once=True))
    assert (told.email, told.sms) == (1, 0)


def test_each_number_is_told_once_and_the_journal_says_how_many(here: Cast, providers: Services) -> None:
    asks(ONE), asks(TWO)
    key = uuid7()
    assert warn(key) == warn(key)
    empty_sms()
    assert sorted(job["receivers"][0] for job in providers.ovh.taken) == [ONE, TWO]
    assert Entry.objects.get(verb="delivery.announced").detail == {"push": 0, "email": 0, "sms": 2}


def test_who_has_a_device_that_is_told_gets_the_sms_a_little_later(here: Cast, providers: Services) -> None:
    with_devices(here, ONE)
    asks(TWO)
    told = warn()
    assert empty_sms() == told.leaves_at + PATIENCE
    assert [job["receivers"] for job in providers.ovh.taken] == [[TWO]]
    with time_machine.travel(told.leaves_at + PATIENCE + timedelta(seconds=1), tick=False):
        empty_sms()
    assert len(providers.ovh.taken) == 2


def test_a_device_that_did_not_ask_for_this_delays_nothing(here: Cast) -> None:
    device(resident(here))
    asks(ONE, resident(here))
    told = warn()
    assert OutgoingSms.objects.get().not_before == told.leaves_at


def test_mortal_danger_waits_for_nothing(here: Cast, providers: Services) -> None:
    with_devices(here, ONE)
    warn(sms=Sms(FLOOD.text, at_once=True))
    assert empty_sms() is None
    assert len(providers.ovh.taken) == 1


def test_what_is_over_before_the_wait_is_leaves_at_once(here: Cast, providers: Services) -> None:
    with_devices(here, ONE)
    warn(expires_at=timezone.now() + timedelta(minutes=4))
    empty_sms()
    assert len(providers.ovh.taken) == 1


def test_a_delayed_sms_is_owed_a_run_when_it_may_leave(here: Cast) -> None:
    with_devices(here, ONE)
    told = warn()
    assert DueWork.objects.get(job="delivery.send_sms").due_at == told.leaves_at + PATIENCE


def test_what_is_urgent_goes_before_what_was_there_first(here: Cast) -> None:
    asks(ONE)
    announce(topic="news", key=uuid7(), title="Marché", text="", url="/", author=None, sms=Sms("Marché samedi"),
             expires_at=timezone.now() + timedelta(days=2))  # fmt: skip
    OutgoingSms.objects.update(not_before=timezone.now() - timedelta(minutes=1))
    warn()
    assert ["Crue" in sms.text for sms in texts()] == [True, False]


def test_a_device_that_is_silent_is_not_waited_for(here: Cast) -> None:
    person = with_devices(here, ONE)
    person.devices.update(silent_since=timezone.now())
    told = warn()
    assert told.push == 1
    assert OutgoingSms.objects.get().not_before == told.leaves_at


def test_what_is_no_alert_is_not_tried_again_at_night(here: Cast, providers: Services) -> None:
    asks(ONE)
    providers.ovh.script = providers.brevo.script = [(503, {}, {"message": "down"})] * 2
    with time_machine.travel(NOON.replace(hour=20, minute=59, second=58), tick=False):
        announce(topic="news", key=uuid7(), title="Marché", text="", url="/", author=None, sms=Sms("Marché samedi"))
        assert empty_sms() == NOON.replace(day=NOON.day + 1, hour=8)
