"""The outbox of a commune, or of the operator."""

from django.db import models
from django.utils import timezone

from core.delivery.models.announcement import Announcement
from core.delivery.models.states import HELD, OPEN, DeliveryState, Outgoing, state_field
from core.tenancy.models import CommuneModel


class OutgoingEmail(CommuneModel):
    """One e-mail to one address.

    `attempts` failed for a temporary reason; `leased_until`
    keeps two workers from sending it at once. `id` is its Message-ID, so that a double send is seen as one. The
    words of a `secret` one, a code, are erased once it is settled. `unsubscribe` is the address that stops one that was
    asked for. An `urgent` one goes before the others, at night too.
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

    objects = Outgoing["OutgoingEmail"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-urgent", "not_before"], name="outbox_waiting", condition=models.Q(state__in=OPEN)),
            models.Index(
                fields=["announcement"], name="outbox_announced", condition=models.Q(announcement__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"

    def settle(self, state: DeliveryState) -> None:
        """Write its end: sent, or never to be sent."""
        self.state, self.done_at = state, timezone.now()
        if self.secret:
            self.subject, self.text, self.html = "", "", ""
        self.save(
            update_fields=["state", "done_at", "last_error", "attempts", "leased_until", "subject", "text", "html"]
        )
