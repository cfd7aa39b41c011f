"""Jobs of the presentation of the commune."""

from datetime import datetime

from core.tenancy.due import due_job
from modules.presentation.actions.checking import nightly


@due_job("presentation.nightly")
def presentation_nightly() -> datetime | None:
    return nightly()
