"""The poster for the door of the mairie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.delivery.poster import poster
from core.web.spreadsheet import download


@never_cache
@require_safe
def poster_file(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    return download("affiche-alertes.pdf", poster(site.commune.name, site.space.accent), "application/pdf")
