"""Numbers that asked for SMS, and what the commune paid. Arcep keeps 06 39 98 for fiction: nobody answers them."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.accounts.models import User
from core.delivery.following import follow
from core.delivery.models import DeliveryState, OutgoingSms, SmsConsent
from core.delivery.sms.codes import HIDDEN, NOTE, worded
from core.delivery.sms.consenting import CODE, STOP, consent, withdraw
from core.delivery.sms.counter import NOTE as AT_THE_COUNTER
from core.delivery.sms.counter import welcome
from core.delivery.sms.credit import give_back, spend
from core.delivery.sms.numbers import e164
from core.delivery.sms.ordering import credit_order
from core.delivery.sms.segments import economical, segments
from core.tenancy.keys import uuid7
from core.territory.queries import areas
from deploy.demo.clock import at
from deploy.demo.texts import Place

TOPIC = "alerts"
OF_ACCOUNTS, ALONE, COUNTER = 3, 3, 4
OFF = 2  # whose telephone was off for days
BOUGHT = 400
DAY = timedelta(days=1)


def furnish(place: Place, administrator: User, team: Sequence[User], now: datetime) -> None:
    """An order that was paid; three residents and three people without an account who proved their number, two of whom
    chose a hamlet; four numbers of the counter. One stopped by STOP, one with a code, one at the mairie."""
    chance = random.Random(f"{place.slug} telephones")  # noqa: S311 - fictional numbers, not secrets
    numbers = [e164(f"063998{each:04d}") for each in chance.sample(range(100, 10_000), OF_ACCOUNTS + ALONE + COUNTER)]
    with at(now - 40 * DAY):
        credit_order(segments=BOUGHT, reference="BC 2026-118 (démonstration)")
    residents = list(User.objects.filter(is_active=True, grants=None, verified_at__isnull=False).order_by("joined_at"))
    known, alone, counter = numbers[:OF_ACCOUNTS], numbers[OF_ACCOUNTS:-COUNTER], numbers[-COUNTER:]
    for day, (number, user) in enumerate(zip(known, residents, strict=False)):
        _prove(number, now - (30 - 2 * day) * DAY, user)
    for day, number in enumerate(alone):
        _prove(number, now - (20 - 3 * day) * DAY, None)
    agent = next((each for each in team if each.has_perm("delivery.numbers")), administrator)
    for day, number in enumerate(counter):
        then = now - (12 - 2 * day) * DAY
        _write_down(number, f"classeur 2026, feuille {day + 1}", then, agent, late=day == OFF)
    for number, by in ((alone[0], STOP), (alone[1], CODE), (counter[0], agent.email)):
        with at(now - 2 * DAY):
            withdraw(number=number, by=by)
    for asked, area in zip(SmsConsent.objects.live().filter(user=None).order_by("given_at"), areas()[:2], strict=False):
        follow(asked, [area])


def _prove(number: str, then: datetime, user: User | None) -> None:
    with at(then):
        _sent(number, worded(HIDDEN), then, NOTE, user=user)
        consent(number=number, topic=TOPIC, author=user, user=user)


def _write_down(number: str, paper: str, then: datetime, agent: User, *, late: bool) -> None:
    with at(then):
        consent(number=number, topic=TOPIC, author=agent, paper=paper)
        _sent(number, welcome(), then, AT_THE_COUNTER, author=agent, late=late)


def _sent(
    number: str,
    text: str,
    then: datetime,
    note: str,
    *,
    user: User | None = None,
    author: User | None = None,
    late: bool = False,
) -> None:
    """As it left and was received then: nothing of it leaves now."""
    weight = segments(economical(text)).count
    spend(segments=weight, note=note, author=author)
    if late:
        give_back(weight, "expired before they left")
    OutgoingSms.objects.create(
        key=uuid7(),
        user=user,
        recipient=number,
        text=economical(text),
        segments=weight,
        state=DeliveryState.EXPIRED if late else DeliveryState.DELIVERED,
        provider="brevo",
        not_before=then,
        expires_at=then + timedelta(hours=1),
        done_at=then + timedelta(seconds=7),
    )
