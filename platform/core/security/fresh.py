"""Acts that ask for a recent sign-in: whoever found an open browser cannot take the account with it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.security.sessions import SINCE
from core.security.shell import shown

FRESH = 15 * 60  # seconds
View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(SINCE, 0)) < FRESH


def freshly(view: View) -> View:
    """Let in only who signed in a moment ago; others are asked to, and come back."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **more: Any) -> HttpResponse:
        if not is_fresh(request):
            return redirect(f"{reverse('security:again')}?{urlencode({'next': request.path})}")
        return view(request, *arguments, **more)

    return asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Sign in again, with all that signing in asks, and come back."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = reverse("security:security")
    if request.method == "POST":
        logout(request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
    return render(request, "security/again.html", shown(request, next=wanted))
