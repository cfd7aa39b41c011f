"""A sum of readings: it holds no text."""

from datetime import date

from core.readership.models import Reading
from core.tenancy.keys import uuid7
from tests.planting import Mark, Plot, factory


@factory(Reading)
def reading(plot: Plot, mark: Mark) -> Reading:
    return Reading.objects.create(kind=mark.secret[:30], key=uuid7(), day=date(2026, 11, 24), channel="push", count=3)
