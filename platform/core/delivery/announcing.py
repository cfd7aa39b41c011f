"""Telling at once of something that is not an alert: the rows of all who asked, in the transaction of the decision."""

from datetime import timedelta
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
def announce(*, topic: str, key: UUID, title: str, text: str, url: str, author: Any) -> Announcement:
    """Tell once of a thing; told before, it is not told again. `url` is a path of the space.

    What is decided at night leaves in the morning. Raises ValidationError (`daily_cap`), changing nothing, when the
    commune's announcements of that day are spent.
    """
    alone()
    known = Announcement.objects.filter(topic=topic, key=key).first()
    if known:
        return known
    leaves_at = when_awake(timezone.now())
    if refusal := refused(leaves_at):
        raise ValidationError(refusal, code="daily_cap")
    told = Announcement.objects.create(
        topic=topic,
        key=key,
        title=title[:TITLE],
        text=text[:TEXT],
        url=url,
        author=getattr(author, "email", ""),
        leaves_at=leaves_at,
        expires_at=leaves_at + WORTH,
    )
    told.push, told.email = _push(told), _email(told)
    told.save(update_fields=["push", "email"])
    record("delivery.announced", target=told.title, author=author, push=told.push, email=told.email)
    return told


def _push(told: Announcement) -> int:
    rows = OutgoingPush.objects.bulk_create(
        OutgoingPush(announcement=told, device_id=key, not_before=told.leaves_at, expires_at=told.expires_at)
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
        "announcement", to=to, context=context, not_before=told.leaves_at, expires_at=told.expires_at, announcement=told
    )


def alone() -> None:
    """Announcements of one commune take turns: two at once see each other, and the cap holds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.announce"])
