"""Modules that the operator gives."""

from django.db import models

from core.tenancy.keys import uuid7
from tenants.models import Space


class Grant(models.Model):
    """A module given to a commune, with a reason, until a day included or without an end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="grants")
    module = models.CharField(max_length=31)
    reason = models.CharField(max_length=200)
    until = models.DateField(null=True)
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "module"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_module_is_given_once",
            )
        ]

    def __str__(self) -> str:
        return self.module
