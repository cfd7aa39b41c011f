"""Who asked to be told of what, and on which devices."""

from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.tenancy.models import CommuneModel

# Whose push service a browser uses: what a person may know a device by.
SERVICES = {
    "googleapis.com": "Chrome ou Android",
    "google.com": "Chrome ou Android",
    "mozilla.com": "Firefox",
    "windows.com": "Edge",
    "apple.com": "Safari, iPhone ou iPad",
}


class Channel(models.TextChoices):
    PUSH = "push", "tout de suite, par notification"
    EMAIL = "email", "tout de suite, par e-mail"
    DAILY = "daily", "chaque matin, par lettre"
    WEEKLY = "weekly", "chaque lundi, par lettre"


class Device(CommuneModel):
    """A browser that agreed to notifications: the address and keys it gave. Without an account, `user` is None.

    `seen_at` is when its push service last took something, `shown_at` about when it last showed it. One that is silent
    since then takes everything and shows nothing.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="devices")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
    shown_at = models.DateTimeField(default=timezone.now)
    silent_since = models.DateTimeField(null=True)

    @property
    def service(self) -> str:
        """Whose browser it is, by its push service."""
        host = urlsplit(self.endpoint).hostname or ""
        return next((name for end, name in SERVICES.items() if host.endswith(end)), host)

    def __str__(self) -> str:
        return f"device of {self.user_id or 'nobody'}"


class Consents(models.QuerySet["Consent"]):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Consent(CommuneModel):
    """A person, or a device without an account, asked for this topic by this channel, under this text's version."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="consents", db_index=False
    )
    device = models.ForeignKey(Device, models.CASCADE, null=True, blank=True, related_name="consents", db_index=False)
    topic = models.CharField(max_length=31)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    version = models.CharField(max_length=10)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Consents.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, device__isnull=True) | Q(user__isnull=True, device__isnull=False),
                name="a_consent_is_a_persons_or_a_devices",
            ),
            models.UniqueConstraint(
                fields=["user", "topic", "channel"], condition=Q(withdrawn_at__isnull=True), name="one_consent_of_user"
            ),
            models.UniqueConstraint(
                fields=["device", "topic", "channel"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_of_device",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} by {self.channel} since {self.given_at:%Y-%m-%d}"
