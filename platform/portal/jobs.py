"""Jobs of the portal."""

from datetime import datetime

from core.tenancy.due import due_job
from portal.signup.actions import PURGE, purge_signups


@due_job(PURGE)
def purge() -> datetime | None:
    return purge_signups()
