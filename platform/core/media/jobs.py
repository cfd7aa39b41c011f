"""Jobs of the media."""

from datetime import datetime

from core.media.actions import PREPARE
from core.media.preparing import prepare_next
from core.media.sweeping import UNCLAIMED_SWEEP, sweep
from core.tenancy.due import due_job


@due_job(PREPARE)
def prepare_videos() -> datetime | None:
    return prepare_next()


@due_job(UNCLAIMED_SWEEP)
def sweep_unclaimed() -> datetime | None:
    return sweep()
