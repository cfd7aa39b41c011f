"""Jobs of the news."""

from datetime import datetime

from core.tenancy.due import due_job
from modules.news.actions import publish_due


@due_job("news.publish_due")
def publish_due_items() -> datetime | None:
    return publish_due()
