"""Work that is due: written with the decision, queued by the dispatcher, taken off the list by the job itself."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from core.tenancy.errors import ModuleIsOff
from core.tenancy.here import current
from core.tenancy.jobs import commune_job, enqueue, module_of, priority
from core.tenancy.models import DueWork
from core.tenancy.registry import registry

logger = logging.getLogger(__name__)

LEASE, SHORT_LEASE = timedelta(minutes=5), timedelta(seconds=30)
PULSE, PULSE_SECONDS = "platform:pulse", 60
BATCH = 500

_UPSERT = """
insert into public.tenancy_duework (id, schema_name, job, due_at, urgent, generation)
values (gen_random_uuid(), %s, %s, %s, %s, 0)
on conflict (schema_name, job) do update
set due_at = least(tenancy_duework.due_at, excluded.due_at), urgent = tenancy_duework.urgent or excluded.urgent,
    generation = tenancy_duework.generation + 1, leased_until = null
"""
_CLAIM = """
update public.tenancy_duework set leased_until = case when job = any(%s) then %s else %s end
where id in (select id from public.tenancy_duework
             where due_at <= %s and parked_at is null and (leased_until is null or leased_until <= %s)
             order by urgent desc, due_at limit %s for update skip locked)
returning schema_name, job, urgent
"""


_SHORT: set[str] = set()


def due(job: str, when: datetime | None = None, *, urgent: bool = False) -> None:
    """Owe the current commune a run of `job` at `when` (now if None), in the caller's transaction. One that is `urgent`
    goes before those of all communes that are not."""
    now = timezone.now()
    moment = when or now
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [current().schema_name, job, moment, urgent])
    if moment <= now:
        enqueue(job, urgent=urgent)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is owed a run of a job now: the current commune urgently, others, others urgently."""

    urgent_here: bool
    others: bool
    urgent_others: bool


def waiting(job: str) -> Waiting:
    owed = DueWork.objects.filter(job=job, due_at__lte=timezone.now(), parked_at__isnull=True)
    here = current().schema_name
    rows = set(owed.values_list("schema_name", "urgent"))
    others = [urgent for schema_name, urgent in rows if schema_name != here]
    return Waiting((here, True) in rows, bool(others), any(others))


def due_job(name: str, *, short: bool = False) -> Callable[[Callable[[], datetime | None]], Any]:
    """Register a job run when it is due. It returns when it is due next, or None when nothing is left.

    Lost with its worker, it is queued again once its lease is over. A `short` one has a shorter lease: it takes
    seconds, and does no harm beside itself.
    """
    if short:
        _SHORT.add(name)

    def register(function: Callable[[], datetime | None]) -> Any:
        @wraps(function)
        def run() -> None:
            row = DueWork.objects.filter(schema_name=current().schema_name, job=name).first()
            following = function()
            if row is None:
                if following:
                    due(name, following)
                return
            same = DueWork.objects.filter(pk=row.pk, generation=row.generation)
            if following:
                same.update(due_at=following, leased_until=None, urgent=False)
            else:
                same.delete()

        return commune_job(name)(run)

    return register


def dispatch() -> int:
    """Queue every job that is due; return how many. A job whose module is off is parked until it is on again."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [sorted(_SHORT), now + SHORT_LEASE, now + LEASE, now, now, BATCH])
        claimed = cursor.fetchall()
    queued = 0
    for schema_name, job, urgent in sorted(claimed, key=lambda row: not row[2]):
        try:
            refuse_when_off(schema_name, job)
        except ModuleIsOff:
            DueWork.objects.filter(schema_name=schema_name, job=job).update(parked_at=now, leased_until=None)
            continue
        current_app.tasks[job].apply_async(headers={"space": schema_name}, retry=False, priority=priority(urgent))
        queued += 1
    _beat()
    return queued


def _beat() -> None:
    """Leave a sign of life for the health checks; a cache that is down stops no work."""
    try:
        cache.set(PULSE, timezone.now().isoformat(), PULSE_SECONDS)
    except Exception:
        logger.warning("the dispatcher's sign of life is not kept: the cache does not answer", exc_info=True)


def refuse_when_off(schema_name: str, job: str) -> None:
    module = module_of(job)
    if module and not registry().is_on(schema_name, module):
        raise ModuleIsOff(f"{job}: {module} is off in {schema_name}")


def unpark(schema_name: str, module: str) -> None:
    """Give back its due work to a module that was switched on."""
    DueWork.objects.filter(schema_name=schema_name, job__startswith=f"{module}.").update(parked_at=None)
