"""Jobs of privacy."""

from datetime import datetime

from core.privacy.retention import RETAIN, retain
from core.tenancy.due import due_job


@due_job(RETAIN)
def forget_what_has_served() -> datetime | None:
    return retain()
