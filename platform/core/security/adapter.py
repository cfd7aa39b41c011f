"""Where allauth's second factors meet the platform: secrets are sealed, and names are the commune's."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets at rest with a key made of the platform's own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Ce code n’est pas le bon. Prenez celui que l’application montre maintenant."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret sealed with a key that is lost opens nothing: no code can be guessed from what stands for it."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            secret: str = generate_totp_secret()
            return secret

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        commune = context.request.site.commune
        return commune.name if commune else _("Beffroi, console")

    def send_notification_mail(self, *args: Any, **more: Any) -> None:
        """The platform's own actions write to the person."""

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002
        return _("Clé d’accès")


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor " + force_bytes(key)).digest()))
            for key in keys
        ]
    )
