"""Where allauth meets the platform: its mails go through the outbox, its codes in our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from core.delivery.actions import send_email


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends every mail through the outbox and lets nobody sign up by allauth's own page."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_email(
            template_prefix.rpartition("/")[2],
            to=email,
            context={"code": context.get("code", "")},
            minutes_to_live=15,
        )
