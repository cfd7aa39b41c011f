"""The directory: every commune of France, opened or not."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Commune(models.Model):
    """A row of the State's directory. Never given to django-tenants: most communes have no schema."""

    insee = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, db_index=True)
    sort_key = models.CharField(max_length=80)
    slug = models.CharField(max_length=63, unique=True)
    departement = models.CharField(max_length=3, db_index=True)
    region = models.CharField(max_length=3)
    population = models.PositiveIntegerField(null=True)
    siren = models.CharField(max_length=9, blank=True)
    postal_codes = ArrayField(models.CharField(max_length=5), default=list)
    epci_siren = models.CharField(max_length=9, blank=True)
    epci_name = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    kind = models.CharField(max_length=12, default="plain")
    official_email = models.EmailField(blank=True)
    official_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="commune_by_part_of_name"),
            GinIndex(fields=["postal_codes"], name="commune_by_postal_code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.departement})"


class CommuneContour(models.Model):
    """The commune's outline: Google-encoded polylines (precision 4, latitude first), one a polygon, spaces between."""

    commune = models.OneToOneField(Commune, models.CASCADE, primary_key=True, related_name="contour")
    polyline = models.TextField()

    def __str__(self) -> str:
        return f"contour of {self.commune_id}"


class DirectoryVersion(models.Model):
    """Which edition of the directory is loaded."""

    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.sha256[:12]
