"""The versions of what an item says."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from core.richtext.fields import RichTextField
from core.tenancy.models import CommuneModel
from modules.news.models.items import NewsItem
from modules.news.models.themes import Theme


class Revision(CommuneModel):
    """What an item said from `at` on. Files and areas are named with their keys, to be found again.

    A file that only a revision names stays, and is the mairie's alone.
    """

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=160)
    body = RichTextField(blank=True)
    theme = models.CharField(max_length=12, choices=Theme)
    areas: Any = models.JSONField(default=list)
    files: Any = models.JSONField(default=list)
    video = models.CharField(max_length=300, blank=True)

    SAID: ClassVar = ("title", "summary", "body", "theme", "areas", "files", "video")

    class Meta:
        verbose_name_plural = "Versions successives des actualités"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="versions_of_an_item_are_numbered")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"

    @property
    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.SAID}
