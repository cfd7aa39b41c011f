"""The outbox of a commune, or of the operator."""

from typing import Self

from django.db import models
from django.utils import timezone

from core.delivery.models.announcement import Announcement
from core.delivery.models.states import HELD, OPEN, Outgoing, state_field
from core.tenancy.models import CommuneModel


class Emails(Outgoing["OutgoingEmail"]):
    def waiting(self) -> Self:
        """Those whose end is not written, held ones included."""
        return self.filter(state__in=[*OPEN, HELD])


class OutgoingEmail(CommuneModel):
    """One e-mail to one address.

    `attempts` failed for a temporary reason; `leased_until` keeps two workers from sending it at once. `id` is its
    Message-ID, so that a double send is seen as one. The words of a `secret` one, a code, are erased once it is
    settled. `unsubscribe` is the address that stops one that was asked for. An `urgent` one goes before the others, at
    night too.
    """

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    state = state_field((HELD, "retenu"))
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)
    unsubscribe = models.CharField(max_length=400, blank=True)
    announcement = models.ForeignKey(
        Announcement, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    objects = Emails.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-urgent", "not_before", "id"], name="outbox_waiting", condition=models.Q(state__in=OPEN)
            ),
            models.Index(
                fields=["announcement"], name="outbox_announced", condition=models.Q(announcement__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class Kind(models.TextChoices):
    REFUSED = "refused", "personne n’est à cette adresse"
    COMPLAINT = "complaint", "signalé comme indésirable"


class SuppressedAddress(CommuneModel):
    """An address, in small letters, that announcements and letters do not write to any more."""

    address = models.CharField(max_length=254, unique=True)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} since {self.at:%Y-%m-%d}"
