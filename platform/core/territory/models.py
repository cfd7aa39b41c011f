"""The areas that a commune names, and its addresses."""

from typing import Any

from django.db import models
from django.db.models import Q

from core.tenancy.models import CommuneModel
from core.territory.geometry import Box, Ring, surface


class AreaKind(models.TextChoices):
    DISTRICT = "district", "quartier"
    HAMLET = "hamlet", "hameau"
    LOCALITY = "locality", "lieu-dit"
    SECTOR = "sector", "secteur"


class Area(CommuneModel):
    """A part of the commune with a name. One that is closed is offered no more; what points at it keeps it.

    `polygon` holds closed rings of [latitude, longitude]; those after the first are holes. Areas may overlap: a hamlet
    lies in a sector.
    """

    Kind = AreaKind

    name = models.CharField("nom", max_length=80)
    kind = models.CharField("sorte", max_length=8, choices=AreaKind)
    polygon: Any = models.JSONField("contour")
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()
    author = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(closed_at__isnull=True), name="one_area_in_use_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rings(self) -> list[Ring]:
        return [[(latitude, longitude) for latitude, longitude in ring] for ring in self.polygon]

    @property
    def box(self) -> Box:
        return Box(self.south, self.west, self.north, self.east)

    @property
    def hectares(self) -> float:
        return surface(self.rings) / 10_000


class Address(CommuneModel):
    """A numbered door, as the Base Adresse Nationale knows it. `area` is the smallest area in use that holds it."""

    ban_id = models.CharField(max_length=60, unique=True)
    number = models.PositiveIntegerField()
    suffix = models.CharField(max_length=20, blank=True)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    folded = models.CharField(max_length=240)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="addresses")

    class Meta:
        ordering = ["street", "number", "suffix"]

    def __str__(self) -> str:
        return f"{self.number} {self.suffix} {self.street}" if self.suffix else f"{self.number} {self.street}"


class AddressImport(CommuneModel):
    """A file of addresses that was taken in. `rows_refused` are those of other communes, and doubles."""

    file_name = models.CharField(max_length=120)
    rows_read = models.PositiveIntegerField()
    rows_kept = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()
    rows_gone = models.PositiveIntegerField()
    author = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
