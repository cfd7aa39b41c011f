"""What was offered, and what was ordered of it."""

from uuid import uuid4

from django.db import models

from billing.models.account import Account, Moment
from billing.models.book import PriceVersion
from billing.models.paper import Paper
from core.tenancy.keys import uuid7


class Quote(models.Model):
    """An offer, priced once: `content` is all of it, as JSON. Whoever holds its secret address may read and order.

    Contact fields are emptied some months after an offer that nobody ordered is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="quotes")
    book = models.ForeignKey(PriceVersion, models.PROTECT, related_name="+")
    content = models.JSONField()
    net = models.BigIntegerField()
    vat = models.BigIntegerField()
    issued_on = models.DateField()
    valid_until = models.DateField()
    contact_name = models.CharField(max_length=120, blank=True)
    contact_capacity = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    deliberation = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.number


class OrderMeans(models.TextChoices):
    SIGNED_QUOTE = "signed_quote", "Devis signé"
    PURCHASE_ORDER = "purchase_order", "Bon de commande"
    ONLINE = "online", "Commande en ligne"


class Order(models.Model):
    """A quote that was ordered; in force once the operator, or an administrator's own act, accepted it."""

    Means = OrderMeans

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    quote = models.OneToOneField(Quote, models.PROTECT, related_name="order")
    means = models.CharField(max_length=14, choices=OrderMeans)
    reference = models.CharField(max_length=100, blank=True)
    siret = models.CharField(max_length=14)
    service_code = models.CharField(max_length=100, blank=True)
    engagement = models.CharField(max_length=50, blank=True)
    moment = models.CharField(max_length=5, choices=Moment)
    ordered_by = models.CharField(max_length=120)
    capacity = models.CharField(max_length=120)
    email = models.EmailField()
    signed = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=254, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=254, blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(refused_at__isnull=True),
                name="an_order_is_not_both_accepted_and_refused",
            )
        ]

    def __str__(self) -> str:
        return self.number
