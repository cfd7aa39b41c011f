"""What the passing of time does."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core.audit.actions import record
from modules.alerts.actions.telling import show_change
from modules.alerts.actions.writing import move
from modules.alerts.models import LIVE, Alert, AlertState


@transaction.atomic
def expire_due() -> datetime | None:
    """Close what is over, telling nobody: its end was told with it. Return when the next one is."""
    now = timezone.now()
    live = Alert.objects.filter(state__in=LIVE)
    over = list(live.filter(ends_at__lte=now).order_by("ends_at").select_for_update(of=("self",)))
    for alert in over:
        move(alert, AlertState.EXPIRED)
        alert.over_at = alert.ends_at
        alert.save()
        record("alerts.expired", target=alert.title, alert=str(alert.pk))
    if over:
        show_change()
    following: datetime | None = live.aggregate(Min("ends_at"))["ends_at__min"]
    return following
