"""Handing a message over: to the first provider that takes it, to the other when it does not."""

import random
import time
from collections.abc import Sequence

import urllib3
from django.conf import settings
from django.urls import reverse

from core.delivery.sms.brevo import Brevo
from core.delivery.sms.circuit import PATIENCE, held, in_order, note
from core.delivery.sms.ovh import Ovh
from core.delivery.sms.provider import Answer, Message, Outcome, Provider
from core.tenancy.here import OPERATOR
from core.tenancy.registry import registry

# Seconds between two tries of one message at a provider that says that we hurry, and for how long that is tried.
FIRST_PAUSE, LONGEST_PAUSE, PERSEVERANCE = 0.2, 1.0, 6.0
# What ends the search: taken, or perhaps taken, or a number that nobody can write to.
_SETTLED = {Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.PERMANENT}


def configured() -> list[Provider]:
    """The providers that the operator has an account with, the preferred one first."""
    found: list[Provider] = []
    if settings.SMS_OVH_SERVICE:
        found.append(
            Ovh(
                settings.SMS_OVH_APPLICATION_KEY,
                settings.SMS_OVH_APPLICATION_SECRET,
                settings.SMS_OVH_CONSUMER_KEY,
                settings.SMS_OVH_SERVICE,
                settings.SMS_SENDER,
                settings.SMS_OVH_ENDPOINT,
            )
        )
    if settings.SMS_BREVO_KEY:
        found.append(
            Brevo(settings.SMS_BREVO_KEY, settings.SMS_SENDER, receipts_url("brevo"), settings.SMS_BREVO_ENDPOINT)
        )
    return found


def can_sms() -> bool:
    """Whether SMS is offered at all."""
    return bool(settings.SMS_OVH_SERVICE or settings.SMS_BREVO_KEY)


def receipts_url(name: str) -> str:
    """Where a provider tells what became of a message; empty when the operator set no secret."""
    if not settings.SMS_WEBHOOK_SECRET:
        return ""
    path = reverse(f"sms:{name}", settings.SITE_URLCONFS["portal"], args=[settings.SMS_WEBHOOK_SECRET])
    return registry().sender(OPERATOR.schema_name).home + path.lstrip("/")


def carry(pool: urllib3.PoolManager, providers: Sequence[Provider], message: Message) -> Answer:
    """Hand one over, and tell what came of it. Runs in a thread of its own: it reads no database.

    A provider that says it took nothing gives way at once to the other. One that fell silent does not: the message may
    be on its way, and what is in doubt is tried again later.
    """
    wait = min((held(each.name) for each in providers), default=0)
    last = Answer(Outcome.TEMPORARY, "", told="every provider asked to be left alone", after=wait)
    pause, end = FIRST_PAUSE, time.monotonic() + PERSEVERANCE
    while True:
        for provider in in_order(providers):
            begun = time.monotonic()
            answer = provider.send(pool, message)
            note(answer, time.monotonic() - begun)
            if answer.outcome in _SETTLED:
                return answer
            last = _hopeful(last, answer)
        if not last.told.startswith("429") or last.after > PATIENCE or time.monotonic() > end:
            return last
        time.sleep(last.after or pause * random.uniform(0.5, 1))  # noqa: S311 - jitter
        pause = min(1.5 * pause, LONGEST_PAUSE)


def _hopeful(one: Answer, other: Answer) -> Answer:
    """What can still be done counts: a provider that is set wrong does not hide one that is only busy."""
    return one if one.provider and other.outcome is Outcome.TECHNICAL and one.outcome is Outcome.TEMPORARY else other
