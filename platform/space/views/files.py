"""How much room the files of the commune take."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.media.quota import usage, usage_by_kind, words


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
    }
    return render(request, "space/settings/files.html", context)
