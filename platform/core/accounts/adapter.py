"""Where allauth meets the platform: its mails go through the outbox, its words are ours, its links stay here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from core.accounts.actions import verify
from core.accounts.invitations import accept
from core.accounts.models import User
from core.delivery.actions import send_email
from core.web.throttle import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends every mail through the outbox and lets nobody sign up by allauth's own page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez les six chiffres du dernier e-mail reçu."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis demandez un nouveau code."),
        "rate_limited": _("Trop de demandes. Attendez quelques minutes, puis réessayez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of the host the person is on: a neighbour's pages are another commune's."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom to count: behind a proxy, not the proxy."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        send_email(
            template_prefix.rpartition("/")[2],
            to=email,
            context={"code": context.get("code", ""), "minutes": minutes},
            minutes_to_live=minutes,
            secret=True,
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Keep the messages worded here; the page that follows already says what allauth's own would."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def login(self, request: HttpRequest, user: User) -> None:
        verify(user)
        accept(user)
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("La mairie a fermé votre accès. Écrivez-lui ou passez la voir pour en parler."))
        return HttpResponseRedirect(reverse("account_login"))
