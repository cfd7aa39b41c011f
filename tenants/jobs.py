"""Jobs of the registry: the one entry of the schedule, and what it forgets."""

from datetime import datetime

from core.tenancy.due import dispatch, due_job
from core.tenancy.jobs import platform_job
from tenants.leaving.asking import JOB
from tenants.leaving.keeping import work
from tenants.leaving.sweeping import SWEEP, sweep
from tenants.watching import PURGE, TELL, purge_watches, tell_watchers


@platform_job("platform.dispatch")
def dispatch_due() -> int:
    return dispatch()


@due_job(PURGE)
def purge() -> datetime | None:
    return purge_watches()


@due_job(TELL)
def tell() -> datetime | None:
    return tell_watchers()


@due_job(JOB)
def export() -> datetime | None:
    return work()


@due_job(SWEEP)
def sweep_erased() -> datetime | None:
    return sweep()
