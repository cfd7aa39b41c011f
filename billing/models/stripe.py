"""What Stripe knows of us and told us. It collects; it counts nothing."""

from django.db import models

from billing.models.invoice import Invoice
from billing.models.subscription import Subscription
from core.tenancy.keys import uuid7


class Outcome(models.TextChoices):
    DONE = "done", "A changé quelque chose ici"
    SAME = "same", "N’apprend rien de nouveau"
    STRANGER = "stranger", "Ne concerne aucun payeur connu"
    IGNORED = "ignored", "Sans suite prévue"


class StripeEvent(models.Model):
    """That an event came, kept once in the transaction of its effect. What it held is not: the object is read again."""

    Outcome = Outcome

    id = models.CharField(primary_key=True, max_length=64)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=128)
    outcome = models.CharField(max_length=8, choices=Outcome)
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["outcome", "-created_at"])]

    def __str__(self) -> str:
        return self.id


class StripeInvoice(models.Model):
    """Stripe's mirror of one of our invoices; `stripe_number` is theirs, and a reference only. `tried` is the means of
    payment that was asked for it: each is asked once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="stripe")
    stripe_id = models.CharField(max_length=64, unique=True)
    stripe_number = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=20)
    tried = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.stripe_id


class StripePayment(models.Model):
    """A payment of an invoice as Stripe says it is: under way, received or refused, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="stripe_payments")
    stripe_id = models.CharField(max_length=64, unique=True)
    cents = models.BigIntegerField()
    status = models.CharField(max_length=30)
    failure = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.stripe_id


class StripeSubscription(models.Model):
    """Stripe's mirror of what a commune uses: `items` are the cents of each line of its price."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subscription = models.OneToOneField(Subscription, models.PROTECT, related_name="stripe")
    stripe_id = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=20)
    items = models.JSONField(default=dict)
    seen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.stripe_id


class StripeDifference(models.Model):
    """Something that the nightly comparison found otherwise at Stripe than here, until it is so no more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    found_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "text"], condition=models.Q(gone_at__isnull=True), name="a_difference_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject
