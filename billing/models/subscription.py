"""What a commune uses, from its trial to its end. Rows outlive the space: invoices are kept ten years."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from billing.models.account import Account, Moment
from billing.models.book import PriceVersion
from billing.models.paper import Paper
from billing.models.quote import Order
from billing.prices import Rhythm
from core.tenancy.keys import uuid7
from tenants.models import Commune, Space


class EndReason(models.TextChoices):
    TRIAL_OVER = "trial_over", "Essai terminé sans commande"
    TERM_OVER = "term_over", "Période terminée sans nouvelle commande"
    ASKED = "asked", "À la demande de la mairie"
    MERGED = "merged", "Commune fusionnée"


class Subscription(models.Model):
    """One commune's. `trial_until` is the trial's last day; `ended_on` the first day that nothing is paid for."""

    EndReason = EndReason

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="subscriptions")
    space = models.OneToOneField(Space, models.SET_NULL, null=True, related_name="subscription")
    account = models.ForeignKey(Account, models.PROTECT, related_name="subscriptions")
    began_on = models.DateField()
    trial_until = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    ended_by = models.CharField(max_length=254, blank=True)
    erased_at = models.DateTimeField(null=True)
    certificate = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"subscription of {self.commune_id}"


RHYTHMS = [(Rhythm.MONTHLY.value, "Par mois"), (Rhythm.YEARLY.value, "Par an")]


class Term(models.Model):
    """A period that was ordered, both days included; its prices and its population do not move.

    `cut_on` is the first day that is no longer its own; the term that `continues` it for another payer is priced
    with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="terms")
    order = models.ForeignKey(Order, models.PROTECT, related_name="terms")
    account = models.ForeignKey(Account, models.PROTECT, related_name="terms")
    book = models.ForeignKey(PriceVersion, models.PROTECT, related_name="+")
    population = models.PositiveIntegerField(null=True)
    communes = models.PositiveSmallIntegerField(default=1)
    rhythm = models.CharField(max_length=8, choices=RHYTHMS)
    aligned = models.BooleanField()
    moment = models.CharField(max_length=5, choices=Moment)
    first = models.DateField()
    last = models.DateField()
    continues = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_by")
    cut_on = models.DateField(null=True)
    cut_by = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "order"],
                condition=models.Q(continues__isnull=True),
                name="an_order_gives_a_commune_one_term",
            ),
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="a_term_has_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class Choice(models.Model):
    """The modules of a term from a day on, by slug. The last one made of a day counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="choices")
    since = models.DateField()
    modules = ArrayField(models.CharField(max_length=31))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.since}: {', '.join(self.modules)}"


class Notice(models.Model):
    """A word of the life of a subscription that was sent, under a name that is used once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    name = models.CharField(max_length=60)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "name"], name="a_notice_is_sent_once")]

    def __str__(self) -> str:
        return self.name
