"""SMS: who asked for them, what waits, what it cost; and, in the operator's schema, whose receipt is whose."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum

from core.delivery.models.announcement import Announcement
from core.delivery.models.states import OPEN, Outgoing, state_field
from core.tenancy.models import CommuneModel


class OutgoingSms(CommuneModel):
    """One SMS to one number, which `key` tells once. `segments` were paid with the row. An `urgent` one goes first."""

    key = models.UUIDField()
    announcement = models.ForeignKey(
        Announcement, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    recipient = models.CharField(max_length=16)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField()
    state = state_field()
    provider = models.CharField(max_length=10, blank=True)
    provider_id = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    urgent = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = Outgoing["OutgoingSms"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "recipient"], name="a_number_is_told_once")]
        indexes = [
            models.Index(fields=["-urgent", "not_before"], name="sms_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["announcement"], name="sms_announced", condition=Q(announcement__isnull=False)),
            models.Index(fields=["provider_id"], name="sms_taken", condition=~Q(provider_id="")),
        ]

    def __str__(self) -> str:
        return f"SMS {self.pk} ({self.state})"

    @property
    def reference(self) -> str:
        """The same at every try, and nobody's name: what a provider may tell doubles by."""
        return self.pk.hex[-20:]


class SmsConsents(models.QuerySet["SmsConsent"]):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class SmsConsent(CommuneModel):
    """A number asked for this topic, under this text's version. `user` is None for somebody without an account: they
    proved the number and `author` is empty, or `author` of the mairie wrote down what a signed `paper` asks, kept by
    its reference and no name. `withdrawn_by`: an e-mail address, the number's own STOP, or the CODE that proved it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=16)
    topic = models.CharField(max_length=31)
    version = models.CharField(max_length=10)
    author = models.CharField(max_length=254, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=254, blank=True)

    objects = SmsConsents.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "topic"], condition=Q(withdrawn_at__isnull=True), name="one_consent_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} by SMS since {self.given_at:%Y-%m-%d}"


class SmsCredits(models.QuerySet["SmsCredit"]):
    def balance(self) -> int:
        """How many segments are left."""
        return self.aggregate(left=Sum("segments"))["left"] or 0


class SmsCredit(CommuneModel):
    """One movement of the segments that a commune paid beforehand: what is spent is negative."""

    class Kind(models.TextChoices):
        BOUGHT = "bought", "acheté"
        SPENT = "spent", "dépensé"
        RETURNED = "returned", "rendu"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    segments = models.IntegerField()
    note = models.CharField(max_length=200)
    author = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = SmsCredits.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="spent", segments__lt=0) | Q(kind__in=["bought", "returned"], segments__gt=0),
                name="only_what_is_spent_is_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.segments:+d} ({self.kind})"


class SmsRoute(CommuneModel):
    """Which commune sent what a provider calls by this name. In the operator's schema: a provider knows one address for
    all communes. It holds neither number nor text."""

    provider = models.CharField(max_length=10)
    provider_id = models.CharField(max_length=60)
    schema_name = models.CharField(max_length=63)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="one_route_of_a_receipt")]

    def __str__(self) -> str:
        return f"{self.provider} {self.provider_id} to {self.schema_name}"


class SmsTally(CommuneModel):
    """How many calls of one kind a provider made in a day, what was absorbed included. In the operator's schema."""

    provider = models.CharField(max_length=10)
    day = models.DateField()
    kind = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "day", "kind"], name="one_tally_a_day")]

    def __str__(self) -> str:
        return f"{self.provider} {self.day:%Y-%m-%d} {self.kind}: {self.count}"
