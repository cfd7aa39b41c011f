"""Telling at once: the rows of all who asked, in the transaction of the decision."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core.audit.actions import record
from core.delivery.actions import PUSHES, send_to_many
from core.delivery.audience import devices, people, refused
from core.delivery.models import Announcement, Channel, OutgoingPush
from core.delivery.quiet import when_awake
from core.delivery.topics import label_of
from core.delivery.unsubscribing import stop_url
from core.readership import Channel as Way
from core.readership import with_channel
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.registry import registry

WORTH = timedelta(hours=24)
TITLE, TEXT = 200, 500


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
) -> Announcement:
    """Tell once of a thing; told before, it is not told again. `url` is a path of the space. What has not left at
    `expires_at` (a day later if None) is not worth telling any more.

    What is decided at night leaves in the morning. Raises ValidationError (`daily_cap`), changing nothing, when the
    commune's announcements of that day are spent. What is `urgent` leaves now, whatever the hour and the day's
    announcements, before all that is not.
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
    told.push, told.email = _push(told), _email(told)
    told.save(update_fields=["push", "email"])
    record("delivery.announced", target=told.title, author=author, push=told.push, email=told.email)
    return told


def _push(told: Announcement) -> int:
    rows = OutgoingPush.objects.bulk_create(
        OutgoingPush(
            announcement=told,
            device_id=key,
            urgent=told.urgent,
            not_before=told.leaves_at,
            expires_at=told.expires_at,
        )
        for key in devices(told.topic).values_list("pk", flat=True)
    )
    if rows:
        due(PUSHES, told.leaves_at)
    return len(rows)


def _email(told: Announcement) -> int:
    home = registry().sender(current().schema_name).home
    to = {user.email: stop_url(home, user.pk, Channel.EMAIL, told.topic) for user in people(told.topic, Channel.EMAIL)}
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


def alone() -> None:
    """Announcements of one commune take turns: two at once see each other, and the cap holds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.announce"])
