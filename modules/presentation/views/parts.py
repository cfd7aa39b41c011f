"""What residents read of the team, the services and daily life."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.tenancy.registry import Locality
from modules.presentation.queries.here import where
from modules.presentation.queries.links import NATIONAL, local_numbers
from modules.presentation.queries.practical import practical as known
from modules.presentation.queries.services import services_and_people
from modules.presentation.queries.team import team as the_team


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    return render(request, "presentation/team.html", {"team": the_team()})


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    found = services_and_people(timezone.now(), where=where(request))
    return render(request, "presentation/services.html", {"services": found})


@require_safe
def practical(request: HttpRequest) -> HttpResponse:
    place = where(request)
    today = _now(place).date()
    return render(
        request, "presentation/practical.html", {"practical": known(today, place.departement), "today": today}
    )


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """A page to print and to pin beside the telephone."""
    return render(request, "presentation/emergency.html", {"national": NATIONAL, "numbers": local_numbers()})


def _now(place: Locality) -> datetime:
    return timezone.now().astimezone(ZoneInfo(place.timezone))
