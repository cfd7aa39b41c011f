"""What the passing of time does: publish, expire, erase."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core.audit.actions import record
from core.media.models import Asset
from modules.news.actions.moving import EXPIRE_DUE, PUBLISH_DUE, announce_if_asked, go_public, move
from modules.news.models import ItemState, NewsItem

__all__ = ["DELETED_KEPT", "ERASE_DELETED", "EXPIRE_DUE", "PUBLISH_DUE", "erase_deleted", "expire_due", "publish_due"]

ERASE_DELETED: Final = "news.erase_deleted"
DELETED_KEPT: Final = timedelta(days=1)


@transaction.atomic
def publish_due() -> datetime | None:
    """Make public what is due; return when the next item is."""
    now = timezone.now()
    waiting = NewsItem.objects.filter(state=ItemState.SCHEDULED)
    for item in waiting.filter(publish_at__lte=now).order_by("publish_at").select_for_update(of=("self",)):
        author = item.scheduled_by
        go_public(item, now, author)
        _tell(item, author)
        record("news.published", target=item.title, author=author, item=str(item.pk), scheduled=True)
    following: datetime | None = waiting.aggregate(Min("publish_at"))["publish_at__min"]
    return following


def _tell(item: NewsItem, author: Any) -> None:
    """What may not be told that day is public all the same, and the journal says why nobody was told."""
    try:
        announce_if_asked(item, author)
    except ValidationError as error:
        item.tell = False
        item.save(update_fields=["tell"])
        record("news.not_told", target=item.title, item=str(item.pk), reason=" ".join(error.messages))


@transaction.atomic
def expire_due() -> datetime | None:
    """Take away what is over; return when the next item is."""
    now = timezone.now()
    shown = NewsItem.objects.filter(state=ItemState.PUBLISHED)
    for item in shown.filter(expire_at__lte=now).order_by("expire_at").select_for_update(of=("self",)):
        move(item, ItemState.EXPIRED, None)
        item.save()
        record("news.expired", target=item.title, item=str(item.pk))
    following: datetime | None = shown.aggregate(Min("expire_at"))["expire_at__min"]
    return following


@transaction.atomic
def erase_deleted() -> datetime | None:
    """Erase for good what was deleted a day ago, files included; return when to do so again."""
    now = timezone.now()
    gone = NewsItem.everything.filter(state=ItemState.DELETED)
    for item in gone.filter(updated_at__lte=now - DELETED_KEPT).select_for_update(of=("self",)):
        files = {each["id"] for revision in item.revisions.all() for each in revision.files}
        files |= {str(key) for key in item.attachments.values_list("asset_id", flat=True)}
        video = item.video
        item.delete()
        for asset in Asset.objects.filter(pk__in=files):
            asset.delete()
        if video:
            video.delete()
    first: datetime | None = gone.aggregate(Min("updated_at"))["updated_at__min"]
    return first + DELETED_KEPT if first else None
