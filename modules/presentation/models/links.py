"""The links of the page."""

from django.db import models

from core.tenancy.models import CommuneModel
from modules.presentation.models.page import CommunePage

MOST_LINKS = 12


class UsefulLink(CommuneModel):
    """A link of the page, in its place."""

    page = models.ForeignKey(CommunePage, models.CASCADE, related_name="links", db_index=False)
    place = models.PositiveSmallIntegerField()
    label = models.CharField("intitulé", max_length=80)
    url = models.URLField("adresse", max_length=300)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["page", "place"], name="one_link_per_place")]

    def __str__(self) -> str:
        return self.label
