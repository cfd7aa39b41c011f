"""Closing every page for a while: as long as the file named by MAINTENANCE_FILE is there, pages answer 503.

The file is on a disk that every process sees; the whole number it holds is how many minutes it will take, 10 if it
holds none. Health answers as always, static files are served, and the console stays open. No server is asked.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.web.errors import status_page

MINUTES = 10
TITLE = _("Nous revenons bientôt")
TEXT = _("Le site est fermé quelques minutes pour son entretien. Rien de ce que vous avez écrit n’est perdu.")


class Maintenance:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        minutes = remaining()
        if minutes is None or _is_console(request):
            return self.get_response(request)
        response = status_page(request, 503, TITLE, TEXT, way_on=_("Réessayer"))
        response["Retry-After"] = str(minutes * 60)
        response["Cache-Control"] = "no-store"
        return response


def _is_console(request: HttpRequest) -> bool:
    """By its host alone: what tells the sites apart asks the database, which may be what is being mended."""
    try:
        host = request.get_host().partition(":")[0]
    except DisallowedHost:
        return False
    return host == f"console.{settings.BASE_DOMAIN}"


def remaining() -> int | None:
    """How many minutes it will take; None when the site is open."""
    if not settings.MAINTENANCE_FILE:
        return None
    try:
        text = Path(settings.MAINTENANCE_FILE).read_text().strip()
    except FileNotFoundError:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else MINUTES
