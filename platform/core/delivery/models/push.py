"""The outbox of notifications."""

from uuid import uuid4

from django.db import models

from core.delivery.models.announcement import Announcement
from core.delivery.models.consent import Device
from core.tenancy.models import CommuneModel


class PushState(models.TextChoices):
    """What became of one notification. TEMPORARY is tried again until its deadline; PERMANENT is a device that is gone;
    TECHNICAL is one that could not be written to: a wrong key, an address that is not allowed, a request refused.

    No push service of a browser says that it delivered: DELIVERED is for a channel that does.
    """

    CREATED = "created", "à envoyer"
    SENDING = "sending", "en cours d’envoi"
    ACCEPTED = "accepted", "acceptée"
    DELIVERED = "delivered", "reçue"
    DISPLAYED = "displayed", "affichée"
    TEMPORARY = "temporary", "échec passager"
    PERMANENT = "permanent", "échec définitif"
    TECHNICAL = "technical", "échec technique"
    EXPIRED = "expired", "périmée"


OPEN = (PushState.CREATED, PushState.SENDING, PushState.TEMPORARY)


class Pushes(models.QuerySet["OutgoingPush"]):
    def open(self) -> "Pushes":
        """Those whose end is not written."""
        return self.filter(state__in=OPEN)


class OutgoingPush(CommuneModel):
    """One notification to one device. A device that is gone leaves its row behind, for the sums.

    `receipt` is the random number by which the device says that it showed it; the row then forgets the device.
    """

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="pushes", db_index=False)
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=PushState.choices, default=PushState.CREATED)
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    receipt = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = Pushes.as_manager()

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
