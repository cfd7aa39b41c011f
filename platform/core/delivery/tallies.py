"""How many calls of each kind a provider made today, what was absorbed included."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.delivery.models import SmsTally
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR


def count(provider: str, kind: str) -> None:
    with entered(OPERATOR), transaction.atomic():
        of_today = {"provider": provider, "day": timezone.localdate(), "kind": str(kind)}
        SmsTally.objects.bulk_create([SmsTally(**of_today)], ignore_conflicts=True)
        SmsTally.objects.filter(**of_today).update(count=F("count") + 1)
