"""People who asked to be told of alerts, by each channel; their addresses and numbers are nobody's."""

from django.utils import timezone

from core.accounts.models import User
from core.delivery.models import Channel, Consent, Device, SmsConsent
from core.delivery.tests.factories import AUTH, P256DH
from core.delivery.topics import VERSION
from tests.sinks import Sink

TOPIC = "alerts"
FIRST_NUMBER = 33_6_39_98_00_00  # what Arcep keeps for fiction: ten thousand numbers


def devices(service: Sink, count: int, *, gone: int = 0, first: int = 0) -> None:
    """Without accounts. So many of them are `gone`."""
    now = timezone.now()
    made = Device.objects.bulk_create(
        Device(
            endpoint=f"{service.origin}/{'gone' if number < gone else 'device'}/{first + number}",
            p256dh=P256DH,
            auth=AUTH,
            seen_at=now,
        )
        for number in range(count)
    )
    Consent.objects.bulk_create(
        Consent(device=each, topic=TOPIC, channel=Channel.PUSH, version=VERSION) for each in made
    )


def addresses(count: int, *, unknown: int = 0, first: int = 0) -> None:
    """Of verified accounts. So many of them are `unknown` to the mail server."""
    now = timezone.now()
    people = User.objects.bulk_create(
        User(
            email=f"{'unknown' if number < unknown else 'known'}{first + number}@residents.example",
            password="!",
            verified_at=now,
        )
        for number in range(count)
    )
    Consent.objects.bulk_create(
        Consent(user=each, topic=TOPIC, channel=Channel.EMAIL, version=VERSION) for each in people
    )


def numbers(count: int) -> None:
    """Without accounts."""
    SmsConsent.objects.bulk_create(
        SmsConsent(number=f"+{FIRST_NUMBER + number}", topic=TOPIC, version=VERSION, author="mairie@aubin.example")
        for number in range(count)
    )
