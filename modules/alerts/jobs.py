"""Jobs of the alerts."""

from datetime import datetime

from core.tenancy.due import due_job
from modules.alerts import actions


@due_job("alerts.expire_due")
def expire_due_alerts() -> datetime | None:
    return actions.expire_due()
