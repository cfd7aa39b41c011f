"""The outbox of notifications."""

from django.db import models

from core.delivery.models.announcement import Announcement
from core.delivery.models.consent import Device
from core.tenancy.models import CommuneModel


class PushState(models.TextChoices):
    WAITING = "waiting", "en attente"
    ACCEPTED = "accepted", "remise"
    GONE = "gone", "appareil parti"
    REFUSED = "refused", "refusée"
    EXPIRED = "expired", "périmée"


class OutgoingPush(CommuneModel):
    """One notification to one device. A device that is gone leaves its row behind, for the sums."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="pushes", db_index=False)
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=PushState.choices, default=PushState.WAITING)
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "device"], name="a_device_is_told_once"),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="pushes_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} to {self.device_id} ({self.state})"
