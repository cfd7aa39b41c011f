"""Asking to be told, and asking to be left alone: rows with their date and the version of the text."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from core.accounts.models import User
from core.delivery.letters import LETTERS, next_morning
from core.delivery.models import Channel, Consent, Device, OutgoingEmail, OutgoingPush
from core.delivery.models.consent import Consents
from core.delivery.topics import VERSION
from core.delivery.unsubscribing import Stop
from core.tenancy.due import due

Choice = tuple[str, Channel]


def choices_of(owner: User | Device) -> set[Choice]:
    return {(row.topic, Channel(row.channel)) for row in owner.consents.live()}


@transaction.atomic
def choose(owner: User | Device, wanted: Collection[Choice], *, among: Collection[Choice]) -> None:
    """Keep what a person, or a device without an account, ticked among what was shown; nothing else changes."""
    if isinstance(owner, User):
        owner.take_turn()
    live: Consents = owner.consents.live()
    kept = choices_of(owner)
    gone = [row.pk for row in live if (each := (row.topic, Channel(row.channel))) in among and each not in wanted]
    withdraw(Consent.objects.filter(pk__in=gone))
    new = [each for each in sorted(wanted) if each in among and each not in kept]
    owned = {"user": owner} if isinstance(owner, User) else {"device": owner}
    Consent.objects.bulk_create(
        Consent(**owned, topic=topic, channel=channel, version=VERSION) for topic, channel in new
    )
    if any(channel in {Channel.DAILY, Channel.WEEKLY} for _, channel in new):
        due(LETTERS, next_morning(timezone.now()))


def withdraw(asked: Consents) -> None:
    """End these consents; what they still had waiting does not leave."""
    for row in list(asked.select_related("user")):
        if row.channel == Channel.PUSH:
            owned = {"device__user": row.user} if row.user else {"device": row.device_id}
            OutgoingPush.objects.open().filter(announcement__topic=row.topic, **owned).delete()
        elif row.channel == Channel.EMAIL and row.user:
            waiting = OutgoingEmail.objects.waiting().filter(recipient__iexact=row.user.email)
            waiting.filter(announcement__topic=row.topic).delete()
    asked.update(withdrawn_at=timezone.now())


@transaction.atomic
def obey(stop: Stop) -> None:
    """Withdraw what a link names. A person of elsewhere, or gone, has nothing here: nothing changes."""
    asked = Consent.objects.live().filter(user_id=stop.user, channel=stop.channel)
    withdraw(asked.filter(topic=stop.topic) if stop.topic else asked)
