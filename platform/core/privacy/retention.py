"""Forgetting what has served its time: every commune owes a run a day, whatever modules it has switched on."""

import calendar
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.audit.actions import record
from core.privacy.registry import terms

RETAIN = "privacy.retain"
EVERY = timedelta(days=1)
SOON = timedelta(minutes=1)
MOST = 2_000


@transaction.atomic
def retain() -> datetime:
    """Erase what is past its term, a batch of each kind at most; return when to do so again."""
    now, erased = timezone.now(), Counter[str]()
    for term in terms():
        erased[str(term.label)] += term.forget(months_before(term.months, now))
    for manifest in settings.CATALOGUE:
        forget = settings.CATALOGUE.hook(manifest.slug, "retention")
        for each in forget(months_before(manifest.personal_data.keep_months, now)) if forget else ():
            erased[each.what] += each.count
    told = {what: count for what, count in erased.items() if count}
    if told:
        record("privacy.forgotten", erased=told)
    return now + (SOON if any(count >= MOST for count in told.values()) else EVERY)


def months_before(months: int, moment: datetime) -> datetime:
    """The same day so many months earlier, or the last day of that month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def some(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A batch of these rows, to be updated or deleted in one statement."""
    found: QuerySet[Any] = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk")[:MOST])
    return found
