"""Asking for an export, and finding those there are. In the commune that asks, at any time of its life."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.audit.models import Entry
from core.tenancy.due import due
from core.tenancy.here import current
from tenants.models import Export, Space

JOB: Final = "leaving.export"
DOUBLE_CLICK: Final = timedelta(minutes=2)


@transaction.atomic
def ask(*, author: User) -> Export:
    """Have an export made; the one that is being made, or was asked for a moment ago, is enough for who asks again."""
    space = Space.objects.select_for_update(no_key=True).get(schema_name=current().schema_name)
    lately = Q(asked_at__gt=timezone.now() - DOUBLE_CLICK)
    known: Export | None = space.exports.filter(Q(ready_at=None) | lately).order_by("asked_at").last()
    if known is not None:
        return known
    made: Export = Export.objects.create(space=space, person=author.pk)
    record("leaving.export_asked", author=author)
    due(JOB)
    return made


def exports_here() -> list[Export]:
    """Those of the current commune, the newest first: one that is being made, and those that are kept."""
    rows = Export.objects.select_related("space").filter(space__schema_name=current().schema_name)
    return [each for each in rows.order_by("-asked_at") if not each.is_expired]


def export_here(key: UUID) -> Export | None:
    """A whole one of the current commune, None when there is none of this key or it is over."""
    rows = Export.objects.select_related("space__commune").filter(space__schema_name=current().schema_name)
    found: Export | None = rows.filter(pk=key, ready_at__isnull=False).first()
    return found if found and not found.is_expired else None


def note_taken(export: Export, author: User) -> None:
    """A download goes into the journal, once a person."""
    if not Entry.objects.filter(
        verb="leaving.export_taken", author_id=author.pk, detail__export=str(export.pk)
    ).exists():
        record("leaving.export_taken", author=author, export=str(export.pk))


def percent_of(export: Export) -> int:
    """How far one that is being made is; 0 while nobody knows."""
    return int(cache.get(_key(export), 0))


def tell_percent(export: Export, percent: int) -> None:
    cache.set(_key(export), percent, 3600)


def _key(export: Export) -> str:
    return f"export:{export.pk}"
