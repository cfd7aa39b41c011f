"""Jobs of the alerts."""

import logging
from collections import defaultdict
from datetime import datetime

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from core.tenancy.due import due_job
from core.tenancy.here import current
from core.tenancy.jobs import commune_job, platform_job
from modules.alerts import actions
from modules.alerts.queries.meteofrance import fetched_map
from modules.alerts.queries.vigilance import Unreadable, Warned, packed, unpacked, warned_communes, warnings_of
from tenants.switches import options_of

logger = logging.getLogger(__name__)
WARN = "alerts.warn"  # what is told is not owed: the next map tells it again


@due_job("alerts.expire_due")
def expire_due_alerts() -> datetime | None:
    return actions.expire_due()


@due_job("alerts.seal_due")
def seal_due_reports() -> datetime | None:
    return actions.seal_due()


@due_job("alerts.vigilance_over")
def drop_drafts_of_past_warnings() -> datetime | None:
    return actions.drop_over()


@platform_job("vigilance.fetch")
def fetch_vigilance() -> int:
    """Read the map in force, and have each commune that it warns open its drafts; return how many communes. One that is
    missed is asked again at the next run."""
    if not settings.VIGILANCE_API_KEY:
        return 0
    try:
        told = warnings_of(fetched_map())
    except Unreadable as error:
        logger.error("the map of vigilance was not read: %s", error)
        return 0
    return hand_out(told)


def hand_out(told: list[Warned]) -> int:
    there: dict[str, list[Warned]] = defaultdict(list)
    for each in told:
        there[each.departement].append(each)
    communes = warned_communes(there)
    for schema_name, departement in communes:
        warned = {"told": packed(there[departement])}
        try:
            current_app.tasks[WARN].apply_async(kwargs=warned, headers={"space": schema_name}, retry=False)
        except OperationalError:
            logger.error("the broker does not answer: communes are told of the vigilance at the next run")
            break
    return len(communes)


@commune_job(WARN)
def open_drafts(told: str) -> None:
    """Open the drafts that warnings ask for, as the commune wishes."""
    wishes = options_of(current().schema_name, "alerts")
    for warned in unpacked(told):
        if wishes["vigilance"] and (wishes["shore"] or not warned.shore):
            actions.open_draft(warned)
