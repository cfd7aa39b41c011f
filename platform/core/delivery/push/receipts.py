"""A device says that it showed a notification: counted, and joined to nobody."""

from uuid import UUID

from django.db.models.functions import Coalesce, Now

from core.delivery.models import DeliveryState, OutgoingPush


def displayed(receipt: UUID) -> None:
    """Count it once. The row forgets its device, so that nothing tells who looked; a second worker's late word changes
    nothing, as the row is no longer being sent."""
    OutgoingPush.objects.filter(receipt=receipt).exclude(state=DeliveryState.DISPLAYED).update(
        state=DeliveryState.DISPLAYED, device=None, leased_until=None, done_at=Coalesce("done_at", Now())
    )
