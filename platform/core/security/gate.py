"""Doors that every request of somebody signed in passes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.accounts.access import access_of
from core.security.second_factor import is_overdue
from core.security.sessions import is_seen_today, seen
from core.security.trusting import by_trust


class SecondFactorGate:
    """Lets somebody who must have a second factor, and has none, no further than the pages that always answer:
    those of their own security, and sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user: Any = getattr(request, "user", None)
        access = access_of(view)
        if user is None or not user.is_authenticated:
            return None
        if not by_trust(request) and not is_seen_today(request):
            seen(request)
        if access is None or access.always or not is_overdue(user):
            return None
        if request.path.startswith("/api/"):
            message = _("Votre compte demande une double vérification. Ajoutez-la dans « Sécurité du compte ».")
            return JsonResponse({"error": {"code": "second_factor", "message": message, "fields": {}}}, status=403)
        return redirect("security:security")
