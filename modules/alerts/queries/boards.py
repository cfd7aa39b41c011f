"""Alerts in lists."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils import timezone

from modules.alerts.models import LIVE, PUBLIC, UNSENT, Alert
from modules.alerts.models.alerts import Alerts
from modules.alerts.queries.in_force import MOST, gravest_first

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Board:
    """What is in force, what is being written, and what is past."""

    live: list[Alert]
    unsent: list[Alert]
    past: "Page[Alert]"


def public_board(page: str | None) -> Board:
    return Board(_live(), [], _past(page))


def office_board(page: str | None) -> Board:
    unsent = Alert.objects.filter(state__in=UNSENT).whole().order_by("-state", "-updated_at")
    return Board(_live(), list(unsent[:MOST]), _past(page))


def _live() -> list[Alert]:
    rows: Any = Alert.objects.in_force(timezone.now()).whole()
    return gravest_first(rows.order_by("-sent_at")[:MOST])


def _past(page: str | None) -> "Page[Alert]":
    now = timezone.now()
    over: Alerts = Alert.objects.filter(state__in=PUBLIC).exclude(state__in=LIVE, ends_at__gt=now).whole()
    return Paginator(over.order_by(F("sent_at").desc(nulls_last=True), "-pk"), PER_PAGE).get_page(page)
