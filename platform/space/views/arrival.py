"""Arriving from another host with a ticket: shown by a link, spent by a button."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from tenants.models import Space
from tenants.tickets import consume


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest) -> HttpResponse:
    """A ticket is spent once; a spent or stale one leads to the ordinary sign-in."""
    if request.method != "POST":
        return render(request, "space/arrival.html", {"token": request.GET.get("jeton", "")})
    site: Any = request.site
    person = consume(request.POST.get("jeton", ""), Space.objects.get(pk=site.space.id))
    user = User.objects.filter(pk=person, is_active=True).first() if person else None
    if user is None:
        return render(request, "space/arrival.html", {"token": ""}, status=410)
    get_adapter(request).login(request, user)
    return redirect("space:office")
