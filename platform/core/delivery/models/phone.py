"""Proving that somebody reads what a number receives."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.tenancy.models import CommuneModel


class PhoneCode(CommuneModel):
    """A code that was asked for a number, by an account or by nobody known, and what proving it will mean: `topics`.

    It is kept as a keyed hash, and a day at most. Without a hash, nothing was sent: the number had its share.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=16)
    topics: Any = models.JSONField(default=list)
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="phone_codes_asked")]

    def __str__(self) -> str:
        return f"code asked {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether something may still be typed."""
        return self.proved_at is None and self.expires_at > timezone.now()
