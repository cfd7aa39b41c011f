"""The outbox of a commune, or of the operator."""

from django.db import models

from core.tenancy.models import CommuneModel


class EmailState(models.TextChoices):
    WAITING = "waiting", "en attente"
    HELD = "held", "retenu"
    SENT = "sent", "envoyé"
    REFUSED = "refused", "refusé"
    EXPIRED = "expired", "périmé"


class OutgoingEmail(CommuneModel):
    """One e-mail to one address.

    HELD: the commune may not yet write outside its staff. `attempts` failed for a temporary reason; `leased_until`
    keeps two workers from sending it at once. `id` is its Message-ID, so that a double send is seen as one.
    """

    State = EmailState

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=8, choices=EmailState, default=EmailState.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], name="outbox_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"
