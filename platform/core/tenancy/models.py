"""The base of everything that lives in a commune, and the list of work that is due."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models

from core.tenancy.errors import WrongCommune
from core.tenancy.here import current
from core.tenancy.keys import uuid7


class CommuneModel(models.Model):
    """A row of one commune. Loaded in one, it cannot be written or deleted in another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        found = super().from_db(db, field_names, values, **more)
        found._state.space = current().schema_name  # type: ignore[attr-defined]
        return found

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        self._stay_home()
        self._state.space = current().schema_name  # type: ignore[attr-defined]
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._stay_home()
        return super().delete(*args, **kwargs)

    def _stay_home(self) -> None:
        now = current().schema_name
        home = getattr(self._state, "space", now)
        if home != now:
            raise WrongCommune(f"{self._meta.label} {self.pk} belongs to {home}, the code is in {now}")
        if now == "public":
            raise WrongCommune(f"{self._meta.label} lives in communes, the code is in public")


class DueWork(models.Model):
    """A job that a commune is owed at a time: one row per commune and job, in the public schema.

    The dispatcher queues what is due. A queued job that is lost with the broker or its worker is queued again once
    its lease is over; `generation` tells a job that new work came while it ran. What is `urgent` goes before the rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    schema_name = models.CharField(max_length=63)
    job = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    generation = models.PositiveIntegerField(default=0)
    parked_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schema_name", "job"], name="one_due_row_per_commune_and_job")]
        indexes = [
            models.Index(fields=["due_at"], name="due_work_waiting", condition=models.Q(parked_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.job} in {self.schema_name}"
