"""Both providers configured and a commune with credit, at a noon that stands still."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.accounts.models import User
from core.delivery.models import OutgoingSms
from core.delivery.sms.actions import send_sms
from core.delivery.sms.credit import buy
from core.delivery.sms.tests.services import Services, serving
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.cast import Cast

ONE, TWO, THREE = "+33612345671", "+33612345672", "+33612345673"
SECRET = "a-secret-that-nobody-guesses"
BOUGHT = 100


@pytest.fixture
def providers(settings: Any) -> Iterator[Services]:
    with serving() as services:
        settings.SMS_OVH_SERVICE, settings.SMS_OVH_APPLICATION_KEY = "sms-ab12345-1", "the-application"
        settings.SMS_OVH_APPLICATION_SECRET, settings.SMS_OVH_CONSUMER_KEY = "the-secret", "the-consumer"
        settings.SMS_OVH_ENDPOINT, settings.SMS_BREVO_ENDPOINT = services.ovh_endpoint, services.brevo_endpoint
        settings.SMS_BREVO_KEY, settings.SMS_WEBHOOK_SECRET = "the-key", SECRET
        yield services


@pytest.fixture
def in_aubin(cast: Cast, providers: Services) -> Iterator[None]:
    with enter(cast.aubin.schema_name):
        buy(segments=BOUGHT, note="commande 1", author=User.objects.get(pk=cast.aubin.administrator.id))
        yield


def promise(*numbers: str, text: str = "Crue : montez à l'étage.", minutes: int = 60, **more: Any) -> list[OutgoingSms]:
    key = more.pop("key", None) or uuid7()
    expires_at = timezone.now() + timedelta(minutes=minutes)
    send_sms(to=dict.fromkeys(numbers or [ONE]), text=text, key=key, expires_at=expires_at, author=None, **more)
    return list(OutgoingSms.objects.filter(key=key).order_by("recipient"))


def again(sms: OutgoingSms) -> OutgoingSms:
    return OutgoingSms.objects.get(pk=sms.pk)
