"""One's own data, shown by kinds and given in a file."""

import json
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.privacy.export import export, parts
from core.security.fresh import freshly
from core.security.shell import shown
from core.web.throttle import too_many

PER_HOUR = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def data(request: HttpRequest) -> HttpResponse:
    """Says what is inside; sent, the form gives the file."""
    user = cast(User, request.user)
    if request.method != "POST":
        return render(request, "security/data.html", shown(request, parts=parts(user)))
    if too_many("export", str(user.pk), limit=PER_HOUR, seconds=3600):
        return render(request, "security/data.html", shown(request, parts=parts(user), busy=True), status=429)
    site: Any = request.site
    place, zone = (site.commune.name, site.commune.timezone) if site.commune else (_("la console"), settings.TIME_ZONE)
    content = json.dumps(export(user, place=place, zone=zone), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response
