"""Who pays: a commune for itself, or an intercommunality for several."""

from django.db import models

from core.tenancy.keys import uuid7
from tenants.models import Commune


class AccountKind(models.TextChoices):
    COMMUNE = "commune", "Commune"
    GROUP = "group", "Intercommunalité"


class Moment(models.TextChoices):
    """When a period is invoiced: once the service was given, or before."""

    END = "end", "À la fin de chaque période, le service fait"
    START = "start", "Au début de chaque période"


class Method(models.TextChoices):
    TRANSFER = "transfer", "Virement, par mandat administratif"
    SEPA = "sepa_debit", "Prélèvement SEPA"
    CARD = "card", "Carte"


class Account(models.Model):
    """A payer and its references. A commune has one of its own; a group is known by its SIREN."""

    Kind = AccountKind
    Moment = Moment
    Method = Method

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=AccountKind)
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, related_name="account")
    name = models.CharField(max_length=200)
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    service_code = models.CharField(max_length=100, blank=True)
    engagement = models.CharField(max_length=50, blank=True)
    departement = models.CharField(max_length=3)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    moment = models.CharField(max_length=5, choices=Moment, default=Moment.END)
    method = models.CharField(max_length=10, choices=Method, default=Method.TRANSFER)
    stripe_customer = models.CharField(max_length=64, blank=True)
    stripe_payment_method = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["siren"], condition=models.Q(kind="group"), name="one_account_per_intercommunality"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="commune", commune__isnull=False)
                | models.Q(kind="group", commune__isnull=True),
                name="a_communes_account_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def official_email(self) -> str:
        """The directory's, of a commune; empty where it knows none."""
        return self.commune.official_email if self.commune else ""


class Recipient(models.Model):
    """An address to which an account's papers are sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recipients")
    email = models.EmailField()
    label = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "email"], name="papers_go_once_to_an_address")]

    def __str__(self) -> str:
        return f"recipient of {self.account_id}"
