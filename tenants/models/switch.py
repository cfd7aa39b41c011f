"""What a commune is entitled to, what it switched on, and how it tuned it: rows with a date and an author."""

from django.db import models

from core.tenancy.keys import uuid7
from tenants.models.space import Space


class Entitlement(models.Model):
    """A commune's right to a module, written by billing alone. `until` None means no end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="entitlements")
    module = models.CharField(max_length=31)
    source = models.CharField(max_length=20)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    author = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "module", "source"], name="one_entitlement_per_source")]

    def __str__(self) -> str:
        return f"{self.module} ({self.source})"


class ModuleSwitch(models.Model):
    """A module was on from `since` until `off_at`; the row without end is the one that counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="switches")
    module = models.CharField(max_length=31)
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    off_at = models.DateTimeField(null=True)
    off_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "module"], condition=models.Q(off_at__isnull=True), name="a_module_is_on_once"
            )
        ]

    def __str__(self) -> str:
        return self.module


class ModuleOptions(models.Model):
    """How a commune tuned a module: the manifest's options by name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="module_options")
    module = models.CharField(max_length=31)
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    author = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "module"], name="one_row_of_options_per_module")]

    def __str__(self) -> str:
        return self.module
