"""Hearing an event: once, and in one transaction with all that it changes here."""

from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from billing.collecting.effects import effect
from billing.collecting.planning import plan
from billing.models import StripeEvent
from billing.models.stripe import Outcome


@transaction.atomic
def hear(event: dict[str, Any]) -> Outcome | None:
    """What came of an event; None for one that was heard before. Whatever is raised leaves nothing behind."""
    thing = event["data"]["object"]
    row = StripeEvent(
        id=event["id"],
        type=event["type"][:80],
        object_id=str(thing.get("id", ""))[:128],
        outcome=Outcome.IGNORED,
        created_at=datetime.fromtimestamp(event["created"], UTC),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    outcome = effect(thing, event["data"].get("previous_attributes") or {})
    if outcome is not Outcome.IGNORED:
        StripeEvent.objects.filter(pk=row.pk).update(outcome=outcome)
    if outcome is Outcome.DONE:
        plan()
    return outcome
