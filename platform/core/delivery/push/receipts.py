"""A device says that it showed a notification: counted once, and, but for an alert's proof, joined to nobody."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from core.delivery.models import DeliveryState, Device, OutgoingPush, OutgoingSms
from core.delivery.sms.ending import end

SHOWN = "shown on a device"
EVERY = timedelta(days=7)  # how closely it is known when a device last showed something


@transaction.atomic
def displayed(receipt: UUID) -> None:
    """Count it once; a second worker's late word changes nothing, as the row is no longer being sent. The row of an
    urgent one keeps its device for the proof, the others forget it, so that nothing tells who looked."""
    unseen = OutgoingPush.objects.filter(receipt=receipt).exclude(state=DeliveryState.DISPLAYED)
    push = unseen.select_related("device", "announcement").select_for_update(of=("self",)).first()
    if push is None:
        return
    kept = {} if push.urgent else {"device": None}
    unseen.update(state=DeliveryState.DISPLAYED, leased_until=None, done_at=Coalesce("done_at", Now()), **kept)
    if push.device:
        _speaks(push.device)
        if push.device.user_id and push.announcement.sms:
            _spare(push, push.device.user_id)


def _speaks(device: Device) -> None:
    """To the week only: a device that shows notifications is not silent."""
    now = timezone.now()
    if device.silent_since or device.shown_at <= now - EVERY:
        Device.objects.filter(pk=device.pk).update(shown_at=now, silent_since=None)


def _spare(push: OutgoingPush, user: UUID) -> None:
    """The SMS of the same person, which waited for this, is not needed any more; what leaves at once does not wait."""
    texts = OutgoingSms.objects.filter(announcement=push.announcement_id, user=user, state=DeliveryState.CREATED)
    end(texts.filter(not_before__gt=F("announcement__leaves_at")), SHOWN, SHOWN)
