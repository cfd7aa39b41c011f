"""The one entry of the schedule."""

from core.tenancy.due import dispatch
from core.tenancy.jobs import platform_job


@platform_job("platform.dispatch")
def dispatch_due() -> int:
    return dispatch()
