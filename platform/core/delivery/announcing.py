"""Telling at once: the rows of all who asked, in the transaction of the decision."""

from collections.abc import Set
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from core.audit.actions import record
from core.delivery.actions import PUSHES, send_to_many
from core.delivery.audience import devices, ground, numbers, people, refused
from core.delivery.calling_off import CALLED_OFF, call_off
from core.delivery.models import Announcement, Channel, DeliveryState, OutgoingSms
from core.delivery.push.silence import watch_later
from core.delivery.quiet import when_awake
from core.delivery.sms.actions import PATIENCE, send_sms
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.wording import Sms
from core.delivery.topics import label_of
from core.delivery.unsubscribing import stop_url
from core.readership import Channel as Way
from core.readership import with_channel
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry

__all__ = ["Sms", "alone", "announce", "call_off"]

WORTH = timedelta(hours=24)
TITLE, TEXT = 200, 500
# One row a device, made where the devices are: fifty thousand do not pass through here.
_TELL = """
insert into delivery_outgoingpush
    (id, announcement_id, device_id, state, urgent, not_before, expires_at, attempts, last_error, receipt)
select gen_random_uuid(), %s, asked.id, %s, %s, %s, %s, 0, '', gen_random_uuid() from ({asked}) as asked
"""


@transaction.atomic
def announce(
    *,
    topic: str,
    key: UUID,
    title: str,
    text: str,
    url: str,
    author: Any,
    urgent: bool = False,
    expires_at: datetime | None = None,
    within: Set[UUID] | None = None,
    sms: Sms | None = None,
) -> Announcement:
    """Tell once of a thing; told before, it is not told again. `url` is a path of the space. What has not left at
    `expires_at` (a day later if None) is not worth telling any more. `within` are the areas that it concerns, the whole
    commune if None; `sms` is what it says by SMS, to nobody if None.

    What is decided at night leaves in the morning. What is `urgent` leaves now, whatever the hour and the day's
    announcements, before all that is not. Raises ValidationError, changing nothing, when the commune's announcements of
    that day are spent (`daily_cap`), or when the SMS may not leave (`not_offered`, `empty`, `too_long`, `no_credit`).
    """
    alone()
    known = Announcement.objects.filter(topic=topic, key=key).first()
    if known:
        return known
    now = timezone.now()
    leaves_at = now if urgent else when_awake(now)
    if not urgent and (refusal := refused(leaves_at)):
        raise ValidationError(refusal, code="daily_cap")
    name, until = getattr(author, "email", ""), expires_at or leaves_at + WORTH
    words = {"title": title[:TITLE], "text": text[:TEXT], "url": url}
    told = Announcement.objects.create(
        topic=topic, key=key, **words, author=name, leaves_at=leaves_at, expires_at=until, urgent=urgent
    )
    within = ground(within)
    told.push, told.email = _push(told, within), _email(told, within)
    told.sms = _sms(told, within, sms, author) if sms else 0
    told.save(update_fields=["push", "email", "sms"])
    _note(told, author, by_sms=sms is not None)
    return told


def _note(told: Announcement, author: Any, *, by_sms: bool) -> None:
    reached = {"push": told.push, "email": told.email} | ({"sms": told.sms} if by_sms else {})
    record("delivery.announced", target=told.title, author=author, **reached)


def _push(told: Announcement, within: Set[UUID] | None) -> int:
    query = devices(told.topic, within).values("id").query
    if query.is_empty():
        return 0
    asked, parameters = query.sql_with_params()
    same = (told.pk, DeliveryState.CREATED.value, told.urgent, told.leaves_at, told.expires_at)
    with connection.cursor() as cursor:
        cursor.execute(_TELL.format(asked=asked), (*same, *parameters))
        rows: int = cursor.rowcount
    if rows:
        due(PUSHES, told.leaves_at, urgent=told.urgent)
        watch_later(told.leaves_at)
    return rows


def _email(told: Announcement, within: Set[UUID] | None) -> int:
    home = registry().sender(current().schema_name).home
    asked = people(told.topic, Channel.EMAIL, within)
    to = {user.email: stop_url(home, user.pk, Channel.EMAIL, told.topic) for user in asked}
    context = {
        "title": told.title,
        "said": told.text,
        "link": home + with_channel(told.url, Way.MAIL).lstrip("/"),
        "topic": label_of(told.topic),
    }
    return send_to_many(
        "announcement",
        to=to,
        context=context,
        not_before=told.leaves_at,
        expires_at=told.expires_at,
        announcement=told,
    )


def _sms(told: Announcement, within: Set[UUID] | None, sms: Sms, author: Any) -> int:
    if sms.at_once and not can_sms():
        return 0  # the danger is told otherwise
    to = dict(numbers(told.topic, within).values_list("number", "user_id"))
    return send_sms(
        to=to,
        text=sms.text,
        key=told.pk,
        not_before=told.leaves_at,
        expires_at=told.expires_at,
        author=author,
        announcement=told,
        patient={} if sms.at_once else _patience(told, within, {user for user in to.values() if user}),
        whatever_it_costs=sms.at_once,
    )


def _patience(told: Announcement, within: Set[UUID] | None, people: Set[UUID]) -> dict[UUID | None, datetime]:
    """Until when those whose devices are told wait: who sees the notification needs no SMS. Who waited for one that was
    called off waits no longer for its successor: messages that follow each other do not put the SMS off for ever."""
    later = told.leaves_at + PATIENCE
    if later >= told.expires_at:
        return {}
    called_off = OutgoingSms.objects.filter(user__in=people, announcement__topic=told.topic, last_error=CALLED_OFF)
    waited = called_off.filter(not_before__gt=told.leaves_at).order_by().values_list("user")
    before = dict(waited.annotate(at=Min("not_before")))
    reached = devices(told.topic, within).filter(user__in=people, silent_since=None)
    return {user: min(later, before.get(user, later)) for user in reached.values_list("user", flat=True)}


def alone() -> None:
    """Announcements of one commune take turns: two at once see each other, and the cap holds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.announce"])
