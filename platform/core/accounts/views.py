"""Signing in by a code sent by e-mail, and signing out."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.forms import CodeForm, EmailForm


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Asks for an address; a code already waiting does not keep somebody from asking for another."""

    form_class = EmailForm
    template_name = "accounts/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "site": self.request.site}


class TypeCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Takes the code; the right one signs in under a new session key."""

    form_class = CodeForm
    template_name = "accounts/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "site": self.request.site}


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")
