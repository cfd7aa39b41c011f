"""A form that is not sent yet."""

from django.conf import settings
from django.db import models

from core.tenancy.models import CommuneModel


class Draft(CommuneModel):
    """`fields` is what the form would post, as pairs of a name and its values; `assets` the files chosen in it.
    `version` grows with each keeping: a second tab is told."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    key = models.UUIDField()
    fields = models.JSONField(default=list)
    assets = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "key"], name="one_draft_of_a_thing_for_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
