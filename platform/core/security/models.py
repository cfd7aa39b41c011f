"""Where a person is signed in or known, and the addresses they left."""

from django.conf import settings
from django.db import models

from core.tenancy.models import CommuneModel


class SignedIn(CommuneModel):
    """A browser in which a person is signed in. Its name is a few words; no network address is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    since = models.DateTimeField(auto_now_add=True)
    seen_on = models.DateField()

    class Meta:
        ordering = ["-seen_on", "-since"]

    def __str__(self) -> str:
        return f"{self.browser}, {self.seen_on:%Y-%m-%d}"


class TrustedDevice(CommuneModel):
    """A browser that opens the pages marked `trusted` for a person who is not signed in there. `token` is hashed: the
    browser alone holds what opens."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trusted_devices")
    token = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=60)
    since = models.DateTimeField(auto_now_add=True)
    seen_on = models.DateField()

    class Meta:
        ordering = ["-seen_on", "-since"]

    def __str__(self) -> str:
        return f"{self.browser}, {self.seen_on:%Y-%m-%d}"


class AddressChange(CommuneModel):
    """A person left an address for another; `token` (hashed) lets who reads the old one take it back until `until`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_changes")
    old = models.EmailField()
    new = models.EmailField()
    token = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"changed on {self.at:%Y-%m-%d}"
