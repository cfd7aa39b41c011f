"""Jobs of the news."""

from datetime import datetime

from core.tenancy.due import due_job
from modules.news import actions


@due_job("news.publish_due")
def publish_due_items() -> datetime | None:
    return actions.publish_due()


@due_job("news.expire_due")
def expire_due_items() -> datetime | None:
    return actions.expire_due()


@due_job("news.erase_deleted")
def erase_deleted_items() -> datetime | None:
    return actions.erase_deleted()
