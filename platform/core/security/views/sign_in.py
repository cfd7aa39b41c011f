"""The second step of signing in."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from django.http import HttpResponse

from core.security.forms import PasskeyForm, SecondFactorForm
from core.security.shell import as_json


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """Takes a code or a passkey of somebody whose first code was right."""

    form_class = SecondFactorForm
    webauthn_form_class = PasskeyForm
    template_name = "security/second_step.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        busy = any(
            error.code == "too_many_login_attempts" for errors in form.errors.as_data().values() for error in errors
        )
        return self.render_to_response(self.get_context_data(), status=429 if busy else 422)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "site": self.request.site,
            "passkey": Authenticator.Type.WEBAUTHN in kinds,
            "asked": as_json(context["js_data"]["request_options"]),
        }
