"""SMS that wait and need not leave any more."""

from django.db import transaction
from django.utils import timezone

from core.delivery.models import DeliveryState, OutgoingSms
from core.delivery.models.states import Outgoing
from core.delivery.sms.credit import give_back


@transaction.atomic
def end(waiting: Outgoing[OutgoingSms], why: str, note: str) -> int:
    """Expire those of these that no worker holds, and return how many: the rows stay, for the sums. What no provider
    ever had is given back."""
    now = timezone.now()
    free = waiting.open().free(now)
    found = list(free.select_for_update(of=("self",), skip_locked=True).values_list("pk", "state", "segments"))
    rows = OutgoingSms.objects.filter(pk__in=[key for key, _, _ in found])
    rows.update(state=DeliveryState.EXPIRED, last_error=why, done_at=now, leased_until=None)
    give_back(sum(paid for _, state, paid in found if state != DeliveryState.SENDING), note)
    return len(found)
