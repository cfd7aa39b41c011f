"""Jobs of subscriptions, and of quotes."""

from datetime import datetime

from billing.actions.advancing import advance
from billing.actions.forgetting import FORGET, forget_contacts
from billing.actions.planning import ADVANCE
from billing.models import Subscription
from core.tenancy.due import due_job
from core.tenancy.here import current


@due_job(ADVANCE)
def run() -> datetime | None:
    found = Subscription.objects.filter(space__schema_name=current().schema_name).first()
    return advance(found) if found else None


@due_job(FORGET)
def forget() -> datetime | None:
    return forget_contacts()
