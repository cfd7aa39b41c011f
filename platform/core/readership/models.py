"""Sums of readings."""

from django.db import models

from core.readership.counting import Channel
from core.tenancy.models import CommuneModel


class Reading(CommuneModel):
    """How many times one thing was opened on a day of the commune, by one way in."""

    kind = models.CharField(max_length=30)
    key = models.UUIDField()
    day = models.DateField()
    channel = models.CharField(max_length=6, choices=Channel.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "day", "channel"], name="one_sum_per_thing_day_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} on {self.day} by {self.channel}: {self.count}"
