"""What a commune takes with it, and what was erased of it. No row names a person."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from core.tenancy.here import Here
from core.tenancy.keys import uuid7
from tenants.models.commune import Commune
from tenants.models.space import Space

KEPT = timedelta(days=7)


def export_folder(here: Here) -> str:
    return f"c/{here.commune_id}/exports"


class Export(models.Model):
    """All that a commune wrote, in one file, for somebody of its staff (`person`, an id of its own schema).

    `ready_at` is empty while it is made. Its file is where its key says, so that what a killed run began is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="exports")
    person = models.UUIDField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space"], condition=models.Q(ready_at__isnull=True), name="one_export_is_made_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"export of {self.space_id}, asked {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def name(self) -> str:
        """Where its file is stored: beside the commune's other files, under a name that nothing serves."""
        return f"{export_folder(self.space.here)}/{self.pk}.zip"

    @property
    def expires_at(self) -> Any:
        return self.ready_at and self.ready_at + KEPT

    @property
    def is_expired(self) -> bool:
        return bool(self.ready_at) and self.expires_at <= timezone.now()


class Erasure(models.Model):
    """A space that was erased: how much there was, never what. `left` names the stored files still to be removed,
    none of them once it is `over`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="erasures")
    facts = models.JSONField()
    left = models.JSONField(default=list)
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"erasure of {self.commune_id}, {self.at:%Y-%m-%d %H:%M}"
