"""Jobs: catching up, which is owed; comparing and forgetting, every night."""

from datetime import datetime

from billing.collecting.catching import catch_up
from billing.collecting.client import offered
from billing.collecting.forgetting import forget
from billing.collecting.planning import CATCH_UP
from billing.collecting.reporting import night
from core.tenancy.due import due_job
from core.tenancy.jobs import platform_job


@due_job(CATCH_UP)
def catch_up_due() -> datetime | None:
    return catch_up()


@platform_job("stripe.compare")
def compare() -> int:
    return night() if offered() else 0


@platform_job("stripe.forget")
def forget_what_has_served() -> int:
    """Without keys too: what was told before they were taken away is not kept longer."""
    return forget()
