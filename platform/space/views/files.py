"""The files of the commune: the room they take, and the pictures whose people agreed for a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.media.actions import erase_everywhere
from core.media.consents import ending_consents
from core.media.models import Asset
from core.media.quota import usage, usage_by_kind, words

MOST_SHOWN = 50


@never_cache
def files(request: HttpRequest) -> HttpResponse:
    now = usage()
    kinds = [(name, count, words(weight)) for name, count, weight in usage_by_kind()]
    context = {
        "usage": now,
        "used": words(now.used),
        "quota": words(now.quota),
        "left": words(max(0, now.quota - now.used)),
        "is_nearly_full": now.used > now.quota * 0.9,
        "kinds": kinds,
        "ending": ending_consents()[:MOST_SHOWN],
        "today": timezone.localdate(),
    }
    return render(request, "space/settings/files.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, asset: UUID) -> HttpResponse:
    """Ask, then erase a file from all that shows it."""
    if request.method != "POST":
        return render(request, "space/settings/erase.html", {"asset": get_object_or_404(Asset, pk=asset)})
    author: Any = request.user
    erase_everywhere(key=asset, author=author)  # gone already, it is erased all the same
    messages.success(request, _("Le fichier est effacé : plus aucune page ne le montre."))
    return redirect("space:files")
