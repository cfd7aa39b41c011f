"""Versions of the price book. What is published is sold, and never changes."""

from django.db import models

from core.tenancy.keys import uuid7


class PriceVersion(models.Model):
    """One version: `content` is the book as JSON, `published_at` None while it is a draft."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    in_force_from = models.DateField(null=True)
    drafted_at = models.DateTimeField(auto_now_add=True)
    drafted_by = models.CharField(max_length=254)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_force_from"],
                condition=models.Q(published_at__isnull=False),
                name="one_price_book_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(in_force_from__isnull=False),
                name="a_published_price_book_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"price book {self.number}"
