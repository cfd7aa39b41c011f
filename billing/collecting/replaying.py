"""Events that never came, or came to nothing: asked of Stripe, and heard as if they came now."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from billing.collecting.client import api, every, plain
from billing.collecting.events import hear
from billing.models import StripeEvent

DOUBLE = "double"


def replay(identifiers: Iterable[str] = (), since: datetime | None = None, *, anew: bool = False) -> Counter[str]:
    """Hear these events, or all since a moment, the oldest first; how many came to each outcome.

    `anew` has those that were heard already heard again.
    """
    told: Counter[str] = Counter()
    asked = list(_asked(identifiers, since))
    rows = StripeEvent.objects.filter(pk__in=[event["id"] for event in asked])
    if anew:
        rows.delete()
    heard = set(rows.values_list("pk", flat=True))
    for event in asked:
        outcome = None if event["id"] in heard else hear(event)
        told[outcome.value if outcome else DOUBLE] += 1
    return told


def _asked(identifiers: Iterable[str], since: datetime | None) -> Iterator[dict[str, Any]]:
    for each in identifiers:
        yield plain(api().events.retrieve(each))
    if since is not None:
        found = list(every(api().events, created={"gte": int(since.timestamp())}))
        yield from reversed(found)
