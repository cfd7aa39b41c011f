"""A browser gives its address and keys: user input, checked before anything is kept or ever sent there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.delivery.models import Device
from core.delivery.push.sealing import device_key
from core.delivery.push.vapid import decoded

# The push services of browsers, by name or with everything below it: a device's address leads there or nowhere.
SERVICES = (
    "fcm.googleapis.com",
    "android.googleapis.com",
    "jmt17.google.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)

NOT_GIVEN = _("Votre navigateur n’a pas donné l’adresse de cet appareil. Rechargez la page, puis réessayez.")
NOT_A_SERVICE = _("Cette adresse n’est pas celle d’un service de notification connu : rien ne peut y être envoyé.")
WRONG_KEYS = _("Les clés données par votre navigateur sont incomplètes. Rechargez la page, puis réessayez.")


def origin_of(endpoint: str) -> str:
    """The push service behind an address. Raises ValidationError unless it is a known one, over https, by its name."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise ValidationError(NOT_A_SERVICE, code="service") from error
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin in settings.PUSH_TEST_ORIGINS:
        return origin
    host = parts.hostname or ""
    plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc and "\\" not in endpoint
    if not plain or not endpoint.isascii() or not endpoint.isprintable() or not _is_known(host):
        raise ValidationError(NOT_A_SERVICE, code="service")
    return f"https://{host}"


def _is_known(host: str) -> bool:
    return any(host.endswith(name) if name.startswith(".") else host == name for name in SERVICES)


def check_keys(p256dh: str, auth: str) -> None:
    """Raises ValidationError unless a payload can be sealed with them."""
    try:
        if len(decoded(p256dh)) != 65 or len(decoded(auth)) != 16:
            raise ValueError
        device_key(decoded(p256dh))
    except ValueError as error:
        raise ValidationError(WRONG_KEYS, code="keys") from error


@transaction.atomic
def register(*, endpoint: str, p256dh: str, auth: str, user: User | None) -> Device:
    """Keep a device, or know it again: it is whoever's is signed in on it now, or nobody's.

    Raises ValidationError.
    """
    origin_of(endpoint)
    check_keys(p256dh, auth)
    now = timezone.now()
    kept = {
        "p256dh": p256dh.rstrip("="),
        "auth": auth.rstrip("="),
        "seen_at": now,
        "shown_at": now,
        "silent_since": None,
    }
    device, created = Device.objects.select_for_update().get_or_create(
        endpoint=endpoint, defaults={**kept, "user": user}
    )
    if not created:
        for name, value in kept.items():
            setattr(device, name, value)
        device.user = user
        device.save()
    return device


@transaction.atomic
def forget_device(endpoint: str) -> bool:
    """Whoever holds the address of a device may stop it: it is secret, known to its browser and to us."""
    return bool(Device.objects.filter(endpoint=endpoint).delete()[0])
