"""Versions of the price book. What is published is sold, and never changes."""

from typing import Any
from uuid import UUID

from django.db import models

from billing.prices import PriceBook, book_from
from core.tenancy.keys import uuid7


class Sold(Exception):
    """This version was published: it is never changed nor erased."""


class PriceVersions(models.QuerySet["PriceVersion"]):
    def published(self) -> "PriceVersions":
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "PriceVersions":
        return self.filter(published_at__isnull=True)


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

    _sold = False

    objects = PriceVersions.as_manager()

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

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "PriceVersion":
        found = super().from_db(*args, **kwargs)
        found._sold = found.is_published
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Sold, as the database would."""
        self._refuse()
        super().save(*args, **kwargs)
        self._sold = self.is_published

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises Sold, as the database would."""
        self._refuse()
        return super().delete(*args, **kwargs)

    def _refuse(self) -> None:
        if self._sold:
            raise Sold(str(self))

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def book(self) -> PriceBook:
        """Raises BookError while a draft is not whole."""
        if not self.is_published:
            return book_from(self.content)
        if self.pk not in _read:
            _read[self.pk] = book_from(self.content)
        return _read[self.pk]


# What is published never changes: each is read once a process.
_read: dict[UUID, PriceBook] = {}
