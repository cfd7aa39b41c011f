"""By a mail service: what it is given, and what its answers come to."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from core.delivery.actions import send_to_many
from core.delivery.mail.words import KEY, read
from core.delivery.models import DeliveryState, OutgoingEmail, SuppressedAddress
from core.delivery.outbox import empty_outbox
from core.delivery.tests.mail_service import KEY as API_KEY
from core.delivery.tests.mail_service import Answer, Service, serving
from core.tenancy.context import enter
from tests.cast import Cast

TO = "camille@exemple.fr"


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with serving() as found:
        settings.EMAIL_BACKEND, settings.EMAIL_SERVICE = "anymail.backends.brevo.EmailBackend", "brevo"
        settings.ANYMAIL = {**settings.ANYMAIL, "BREVO_API_KEY": API_KEY, "BREVO_API_URL": found.origin}
        yield found


@pytest.fixture
def in_aubin(cast: Cast) -> Iterator[None]:
    with enter(cast.aubin.schema_name):
        yield


def promise(*to: str) -> None:
    send_to_many(
        "announcement",
        to={address: f"https://aubin.example/stop/{address}/" for address in to or [TO]},
        context={"title": "Crue", "said": "L’eau monte.", "link": "https://aubin.example/", "topic": "Alertes"},
        expires_at=timezone.now() + timedelta(hours=1),
    )


def test_it_is_given_the_e_mail_and_a_signed_word_that_says_whose_it_is(
    service: Service, in_aubin: None, cast: Cast
) -> None:
    promise()
    assert empty_outbox() is None
    (taken,) = service.taken
    assert taken["sender"] == {"name": "Mairie de Saint-Aubin", "email": "ne-pas-repondre@beffroi.test"}
    assert taken["to"] == [{"email": TO}]
    assert taken["headers"]["List-Unsubscribe"] == f"<https://aubin.example/stop/{TO}/>"
    assert taken["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "L’eau monte." in taken["textContent"]
    mail = OutgoingEmail.objects.get()
    assert mail.state == DeliveryState.ACCEPTED
    word = json.loads(taken["headers"]["X-Mailin-custom"])[KEY]
    assert read(word) == (cast.aubin.schema_name, mail.pk)
    assert read(word[:-1] + ("A" if word[-1] != "A" else "B")) is None


@pytest.mark.parametrize(
    ("answer", "state", "seconds"),
    [
        ((429, {"Retry-After": "600"}, {"code": "too_many_requests"}), DeliveryState.TEMPORARY, 600),
        ((503, {}, {"code": "unavailable"}), DeliveryState.TEMPORARY, 15),
        ((401, {}, {"code": "unauthorized"}), DeliveryState.TEMPORARY, 15),
        ((400, {}, {"code": "invalid_parameter"}), DeliveryState.TECHNICAL, 0),
        ((201, {}, "not what is expected"), DeliveryState.TEMPORARY, 15),
    ],
)
def test_what_it_answers_is_obeyed(answer: Answer, state: str, seconds: int, service: Service, in_aubin: None) -> None:
    service.script.append(answer)
    promise()
    before = timezone.now()
    empty_outbox()
    mail = OutgoingEmail.objects.get()
    assert mail.state == state
    assert mail.last_error
    assert not seconds or mail.not_before >= before + timedelta(seconds=seconds - 1)
    assert not SuppressedAddress.objects.exists()


def test_a_failure_does_not_keep_the_others(service: Service, in_aubin: None) -> None:
    service.script.append((500, {}, {}))
    promise(*(f"p{number}@exemple.fr" for number in range(12)))
    empty_outbox()
    states = list(OutgoingEmail.objects.values_list("state", flat=True))
    assert (states.count("accepted"), states.count("temporary")) == (11, 1)


def test_settings_that_are_wrong_keep_the_e_mails_until_they_are_mended(
    service: Service, in_aubin: None, settings: Any
) -> None:
    right = settings.ANYMAIL
    settings.ANYMAIL = {}
    promise()
    following = empty_outbox()
    assert following
    mail = OutgoingEmail.objects.get()
    assert (mail.state, "BREVO_API_KEY" in mail.last_error) == (DeliveryState.TEMPORARY, True)
    settings.ANYMAIL = right
    with time_machine.travel(following + timedelta(seconds=1), tick=False):
        empty_outbox()
    assert len(service.taken) == 1
