"""Jobs of the outbox."""

from datetime import datetime

from core.delivery.outbox import empty_outbox
from core.tenancy.due import due_job


@due_job("delivery.send_outbox")
def send_outbox() -> datetime | None:
    return empty_outbox()
