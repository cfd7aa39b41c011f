"""What every list of the presentation has in common: an order, and rows that can be put back for a while."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.functional import Promise

from core.tenancy.models import CommuneModel


class ListedRows(models.QuerySet[Any]):
    def kept(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at__isnull=True)


class Listed(CommuneModel):
    """A row of a list that the mairie keeps. One that is removed stays a month, to be put back.

    `TYPED` are the fields that a person types, `MOST` how many rows a list may have.
    """

    TYPED: ClassVar[tuple[str, ...]] = ()
    MOST: ClassVar[int] = 100

    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ListedRows.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    @classmethod
    def noun(cls) -> str | Promise:
        return cls._meta.verbose_name or ""

    @property
    def detail(self) -> str:
        """What the mairie's list says under the row's name."""
        return ""

    def state(self) -> dict[str, Any]:
        """What was typed, to be compared."""
        return {name: plain(getattr(self, name)) for name in self.TYPED}


def plain(value: Any) -> Any:
    """A value as it is compared: an object by its key, several in their order."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
