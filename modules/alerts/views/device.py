"""A telephone that alerts with one thumb: trusted, and with an icon of its own on the home screen."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.models import User
from core.security.fresh import freshly
from core.security.trusting import devices_of, distrust, known_device, trust
from core.web.french import typographic
from modules.alerts.models import Event

_PAPER = "#fbfaf7"
_SIZES = {"icon_192": "192x192", "icon_512": "512x512"}
_FIRST = (Event.STORM, Event.FLOOD, Event.FIRE, Event.WATER_CUT)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def device(request: HttpRequest) -> HttpResponse:
    """Trust this browser for the pages of alerts, or trust it no more."""
    user = cast(User, request.user)
    known = known_device(request)
    here = known if known and known.user_id == user.pk else None
    if request.method != "POST":
        context = {"here": here, "known": devices_of(user)}
        return render(request, "alerts/device.html", context)
    response = redirect("alerts-office:device")
    if request.POST.get("act") == "trust":
        trust(request, response, user)
        messages.success(request, _("Cet appareil ouvre maintenant les alertes sans connexion."))
    elif here:
        distrust(here, author=user)
        messages.success(request, _("Cet appareil n’est plus de confiance."))
    return response


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """An icon that opens on the events, beside the commune's own: it holds nothing that is not public."""
    site: Any = request.site
    name = typographic(site.commune.name)
    start = reverse("alerts-office:new")
    content = {
        "id": start,
        "name": _("Alerter · %(name)s") % {"name": name},
        "short_name": _("Alerter"),
        "lang": "fr",
        "dir": "ltr",
        "start_url": start,
        "scope": reverse("alerts-office:list"),
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": site.space.accent,
        "icons": [_icon(site, *each) for each in _SIZES.items()],
        "shortcuts": [
            {"name": event.label, "url": reverse("alerts-office:compose", args=[event.value])} for event in _FIRST
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=60"
    return response


def _icon(site: Any, name: str, sizes: str) -> dict[str, str]:
    return {"src": f"{reverse(f'space:{name}')}?v={site.space.version}", "sizes": sizes, "type": "image/png"}
