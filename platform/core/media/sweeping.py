"""What nobody shows and what never arrived goes by itself."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Min, Q
from django.utils import timezone

from core.media.models import Asset, Upload

UNCLAIMED_SWEEP: Final = "media.sweep"
UNCLAIMED_KEPT: Final = timedelta(days=2)
UPLOAD_KEPT: Final = timedelta(hours=24)
ASKED_AGAIN: Final = timedelta(days=30)
_AT_ONCE: Final = 200


def sweep() -> datetime | None:
    """Erase what is over; return when there is something to look at again.

    An asset that a module shows is asked about again after a month: its item may have gone without it.
    """
    from core.media.showing import is_claimed, is_held

    now = timezone.now()
    for upload in Upload.objects.filter(expires_at__lte=now)[:_AT_ONCE]:
        upload.delete()
    old = Asset.objects.filter(created_at__lte=now - UNCLAIMED_KEPT)
    for asset in old.filter(Q(claimed_at=None) | Q(claimed_at__lte=now - ASKED_AGAIN)).order_by("pk")[:_AT_ONCE]:
        if is_claimed(asset.pk) or is_held(asset.pk):
            Asset.objects.filter(pk=asset.pk).update(claimed_at=now)
        else:
            asset.delete()
    return _following(now)


def _following(now: datetime) -> datetime | None:
    fresh = Asset.objects.filter(claimed_at=None).aggregate(first=Min("created_at"))["first"]
    known = Asset.objects.aggregate(first=Min("claimed_at"))["first"]
    upload = Upload.objects.aggregate(first=Min("expires_at"))["first"]
    moments = [fresh and fresh + UNCLAIMED_KEPT, known and known + ASKED_AGAIN, upload]
    first = min((each for each in moments if each), default=None)
    return max(first, now) if first else None
