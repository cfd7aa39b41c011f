"""Invoices, credit notes and what was paid of them. Nothing issued is ever changed."""

from django.db import models

from billing.models.account import Account
from billing.models.paper import Paper
from billing.models.quote import Order
from billing.models.subscription import Term
from core.tenancy.keys import uuid7


class InvoiceKind(models.TextChoices):
    INVOICE = "invoice", "Facture"
    CREDIT_NOTE = "credit_note", "Avoir"


class Invoice(models.Model):
    """A numbered paper that asks for money, or gives it back: a credit note's amounts are negative.

    `content` is the whole document as JSON, `parts` its lines as the price book names them, each with the key of its
    term. `terms` are those of one commune, or of several that an EPCI pays for; none for what is sold once.
    """

    Kind = InvoiceKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=11, choices=InvoiceKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="invoices")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="invoices")
    terms = models.ManyToManyField(Term, through="billing.InvoiceTerm", related_name="invoices")
    cancels = models.OneToOneField("self", models.PROTECT, null=True, related_name="cancelled_by")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    issued_on = models.DateField()
    due_on = models.DateField()
    content = models.JSONField()
    parts = models.JSONField(default=list)
    net = models.BigIntegerField()
    vat = models.BigIntegerField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["-issued_at", "-number"]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        return self.net + self.vat


class InvoiceTerm(models.Model):
    """That an invoice, or a credit note, is for some days of a term."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "term"], name="an_invoice_names_a_term_once")]

    def __str__(self) -> str:
        return f"{self.invoice_id} of {self.term_id}"


class Source(models.TextChoices):
    TRANSFER = "transfer", "Virement"
    STRIPE = "stripe", "Paiement en ligne"


class Payment(models.Model):
    """Money received for an invoice, or given back when it is negative. Its reference is recorded once."""

    Source = Source

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    cents = models.BigIntegerField()
    received_on = models.DateField()
    source = models.CharField(max_length=8, choices=Source)
    reference = models.CharField(max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "reference"], name="a_payment_is_recorded_once")]

    def __str__(self) -> str:
        return self.reference
