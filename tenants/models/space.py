"""A commune's space: one row for each schema that exists."""

from typing import NoReturn

from django.db import models
from django_tenants.models import TenantMixin

from core.tenancy.here import Here
from core.tenancy.keys import uuid7
from tenants.models.commune import Commune


class SpaceState(models.TextChoices):
    PENDING = "pending", "à confirmer"
    ACTIVE = "active", "active"
    SUSPENDED = "suspended", "suspendue"
    READ_ONLY = "read_only", "en lecture seule"


# The public comes in, to read at least.
OPEN = (SpaceState.ACTIVE, SpaceState.READ_ONLY)


class Space(TenantMixin):  # type: ignore[misc]
    """A schema and what every page of it needs. The operator's own has no commune.

    `read_only_until` is the last day before a space that may only be read is erased, where that is known.
    `version` grows with each change that a page must see at once; processes keep what they read under it.
    """

    State = SpaceState

    auto_create_schema = False
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, related_name="space")
    state = models.CharField(max_length=10, choices=SpaceState, default=SpaceState.PENDING)
    read_only_until = models.DateField(null=True)
    custom_name = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - unique, so absent is null
    accent = models.CharField(max_length=7, default="#0f6b5c")
    arms_pattern = models.CharField(max_length=20, default="plain")
    arms_figure = models.CharField(max_length=20, default="letter")
    landscape = models.CharField(max_length=12, default="plain")
    is_demo = models.BooleanField(default=False)
    media_quota = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(commune__isnull=False) | models.Q(schema_name="operator"),
                name="a_space_without_commune_is_the_operators",
            )
        ]

    @property
    def here(self) -> Here:
        return Here(self.schema_name, self.commune_id or "")

    def __enter__(self) -> NoReturn:
        raise TypeError("`with space:` leaks between threads: use core.tenancy.context.enter")

    def activate(self) -> NoReturn:
        raise TypeError("Space.activate() is followed by nobody: use core.tenancy.context.enter")

    def changed(self) -> None:
        """Let every process forget what it knew of this space."""
        Space.objects.filter(pk=self.pk).update(version=models.F("version") + 1)

    def get_tenant_type(self) -> None:
        return None


class Suspension(models.Model):
    """Who suspended a space, when and why, until it was lifted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="suspensions")
    reason = models.TextField()
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space"], condition=models.Q(lifted_at__isnull=True), name="one_suspension_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.space_id} since {self.since:%Y-%m-%d}"
