"""What is attached to an item: files in their order, and parts of the commune."""

from django.db import models

from core.media.models import Asset
from core.tenancy.models import CommuneModel
from core.territory.models import Area
from modules.news.models.items import NewsItem


class Attachment(CommuneModel):
    """A file of an item. A file belongs to one item."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="attachments", db_index=False)
    asset = models.OneToOneField(Asset, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "Documents joints aux actualités"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_file_in_each_place")]

    def __str__(self) -> str:
        return f"{self.asset_id} of {self.item_id}"


class ItemArea(CommuneModel):
    """An item concerns this part of the commune; an item without any concerns the whole."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "Zones des actualités"
        constraints = [models.UniqueConstraint(fields=["item", "area"], name="an_item_names_an_area_once")]

    def __str__(self) -> str:
        return f"{self.area_id} of {self.item_id}"
