"""Jobs of the presentation of the commune."""

from datetime import datetime

from core.tenancy.due import due_job
from modules.presentation.actions.checking import nightly
from modules.presentation.actions.pages import forget_deleted


@due_job("presentation.nightly")
def presentation_nightly() -> datetime | None:
    return nightly()


@due_job("presentation.forget_deleted")
def forget_deleted_pages() -> datetime | None:
    return forget_deleted()
