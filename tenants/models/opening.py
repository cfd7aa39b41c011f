"""From a first visit to a confirmed mandate. These rows belong to nobody's account: the portal has none."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.tenancy.keys import uuid7
from tenants.models.commune import Commune
from tenants.models.space import Space


class Capacity(models.TextChoices):
    """In what capacity somebody opens a commune's space."""

    MAYOR = "mayor", "Maire"
    DEPUTY = "deputy", "Adjointe ou adjoint au maire"
    SECRETARY = "secretary", "Secrétaire de mairie"
    MANAGER = "manager", "Direction générale ou responsable de service"
    AGENT = "agent", "Agent communal"


class Signup(models.Model):
    """One person opening one commune's space, from the choice of the commune to the code."""

    Capacity = Capacity

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="signups")
    team = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    want = models.CharField(max_length=10, blank=True)
    modules = ArrayField(models.CharField(max_length=31), default=list)
    name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity, blank=True)
    email = models.EmailField(blank=True)
    terms_version = models.CharField(max_length=20, blank=True)
    terms_accepted_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True)
    space = models.OneToOneField(Space, models.SET_NULL, null=True, related_name="signup")

    def __str__(self) -> str:
        return f"signup of {self.commune_id}"


class Mandate(models.Model):
    """The operator's word on the person who opened a space: accepted, or refused with a reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "accepté"
        REFUSED = "refused", "refusé"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signup = models.OneToOneField(Signup, models.CASCADE, related_name="mandate")
    used_official_mailbox = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"mandate of {self.signup_id}"

    def just_said(self, side: str, text: str) -> "MandateMessage | None":
        """The last message, when this side said these words."""
        last = self.messages.order_by("sent_at", "id").last()
        return last if last is not None and (last.side, last.text) == (side, text) else None


class MandateMessage(models.Model):
    """A question of the operator about a mandate, or its answer."""

    class Side(models.TextChoices):
        OPERATOR = "operator", "Beffroi"
        MAIRIE = "mairie", "la mairie"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    author = models.CharField(max_length=254)
    text = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sent_at"]

    def __str__(self) -> str:
        return f"{self.side} {self.sent_at:%Y-%m-%d}"


class OpeningWatch(models.Model):
    """An address to be told when a commune opens; nothing is sent to it before its owner confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="watches")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "email"], name="one_watch_per_address")]

    def __str__(self) -> str:
        return f"watch of {self.commune_id}"


class Ticket(models.Model):
    """A crossing from one host to another: hashed, single use, bound to its target, short-lived."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    space = models.ForeignKey(Space, models.CASCADE, related_name="tickets")
    person = models.UUIDField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ticket to {self.space_id}"
