"""Signing in by a code sent by e-mail, and signing out."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.forms import CodeForm, EmailForm


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Asks for an address; a code already waiting does not keep somebody from asking for another."""

    form_class = EmailForm
    template_name = "accounts/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def form_invalid(self, form: EmailForm) -> HttpResponse:
        status = 429 if form.has_error("email", "too_many_login_attempts") else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "site": self.request.site}


class TypeCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Takes the code; the right one signs in under a new session key."""

    form_class = CodeForm
    template_name = "accounts/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Says why somebody is led back to the first page: without a word, they would type the same code again."""
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", None) is None:
            messages.warning(request, _("Votre code n’est plus valable. Demandez-en un autre."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        return {**super().get_context_data(**kwargs), "site": self.request.site, "minutes": minutes}


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")
