"""The outbox of notifications."""

from uuid import uuid4

from django.db import models

from core.delivery.models.announcement import Announcement
from core.delivery.models.consent import Device
from core.delivery.models.states import OPEN, Outgoing, state_field
from core.tenancy.models import CommuneModel


class OutgoingPush(CommuneModel):
    """One notification to one device. A device that is gone leaves its row behind, for the sums.

    `receipt` is the random number by which the device says that it showed it; the row then forgets the device, unless
    it is `urgent`.
    """

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="pushes", db_index=False)
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="+")
    state = state_field()
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    receipt = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = Outgoing["OutgoingPush"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "device"], name="a_device_is_told_once"),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "not_before", "id"], name="pushes_open", condition=models.Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} to {self.device_id} ({self.state})"
