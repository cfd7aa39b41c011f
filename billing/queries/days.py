"""Which day it is: a commune's own for what it is given, the supplier's for what is written on papers."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from tenants.directory.departements import timezone_of
from tenants.models import Commune

SUPPLIER_ZONE = ZoneInfo("Europe/Paris")


def zone_of(commune: Commune) -> ZoneInfo:
    return ZoneInfo(timezone_of(commune.insee, commune.departement))


def local_today(commune: Commune) -> date:
    return timezone.localdate(timezone=zone_of(commune))


def supplier_today() -> date:
    return timezone.localdate(timezone=SUPPLIER_ZONE)


def start_of(day: date, commune: Commune) -> datetime:
    """When a day begins in the commune."""
    return datetime.combine(day, time(), zone_of(commune))
