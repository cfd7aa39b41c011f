"""Jobs of the accounts."""

from datetime import datetime

from core.accounts.actions import purge_unverified
from core.tenancy.due import due_job


@due_job("accounts.purge")
def purge() -> datetime | None:
    return purge_unverified()
