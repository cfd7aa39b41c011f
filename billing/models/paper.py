"""Papers as they were sent, and the numbers that they bear."""

from uuid import uuid4

from django.db import models

from core.tenancy.keys import uuid7


class Series(models.TextChoices):
    """Each counts from 1 every year, without a gap."""

    QUOTE = "DEV", "Devis"
    ORDER = "CMD", "Commandes"
    INVOICE = "FAC", "Factures"
    CREDIT_NOTE = "AV", "Avoirs"
    CERTIFICATE = "CER", "Certificats"


class Sequence(models.Model):
    """The last number given of a series in a year; locked by whoever takes the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.CharField(max_length=3, choices=Series)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_sequence_a_year")]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"


class PaperKind(models.TextChoices):
    QUOTE = "quote", "Devis"
    DELIBERATION = "deliberation", "Projet de délibération"
    SIGNED_QUOTE = "signed_quote", "Devis signé"
    ORDER = "order", "Confirmation de commande"
    INVOICE = "invoice", "Facture"
    CREDIT_NOTE = "credit_note", "Avoir"
    CERTIFICATE = "certificate", "Certificat d’effacement"


class Paper(models.Model):
    """A file as it was made or received; never changed. Whoever was sent the address of a certificate may read it."""

    Kind = PaperKind

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=PaperKind)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
