"""What pages are made of."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.media.models import Asset
from core.organisation.models import Department
from core.tenancy.keys import uuid7
from core.tenancy.models import CommuneModel
from modules.presentation.models.pages import PageVersion

MOST_BLOCKS = 200


class BlockKind(models.TextChoices):
    TEXT = "text", _("Texte")
    PICTURE = "picture", _("Image")
    GALLERY = "gallery", _("Galerie")
    QUOTE = "quote", _("Citation")
    TIMELINE = "timeline", _("Chronologie")
    CONTACT = "contact", _("Contact")
    HOURS = "hours", _("Horaires")
    TABLE = "table", _("Tableau")
    DOCUMENT = "document", _("Document PDF")

    @property
    def icon(self) -> str:
        return _ICONS[self]

    @property
    def slug(self) -> str:
        """How an address names it."""
        return _SLUGS[self]

    @property
    def template(self) -> str:
        return f"presentation/blocks/{self.value}.html"

    @classmethod
    def of_slug(cls, slug: str) -> "BlockKind | None":
        return next((kind for kind, known in _SLUGS.items() if known == slug), None)


_ICONS = {
    BlockKind.TEXT: "text",
    BlockKind.PICTURE: "image",
    BlockKind.GALLERY: "gallery",
    BlockKind.QUOTE: "quote",
    BlockKind.TIMELINE: "timeline",
    BlockKind.CONTACT: "user",
    BlockKind.HOURS: "clock",
    BlockKind.TABLE: "table",
    BlockKind.DOCUMENT: "document",
}
_SLUGS = {
    BlockKind.TEXT: "texte",
    BlockKind.PICTURE: "image",
    BlockKind.GALLERY: "galerie",
    BlockKind.QUOTE: "citation",
    BlockKind.TIMELINE: "chronologie",
    BlockKind.CONTACT: "contact",
    BlockKind.HOURS: "horaires",
    BlockKind.TABLE: "tableau",
    BlockKind.DOCUMENT: "document",
}


class Block(CommuneModel):
    """A block of a version, in its place. `key` is the same in every version of the page: by it they are compared.

    `data` is what the form of its kind typed; what it points at has foreign keys. One that was removed from the working
    copy stays there until the page is next put online, so that it can be put back.
    """

    version = models.ForeignKey(PageVersion, models.CASCADE, related_name="blocks", db_index=False)
    key = models.UUIDField(default=uuid7, editable=False)
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind)
    data = models.JSONField(default=dict)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "Blocs des pages"
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="a_block_is_once_in_a_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def look(self) -> BlockKind:
        return BlockKind(self.kind)


class BlockAsset(CommuneModel):
    """A file that a block shows, in its place."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="files", db_index=False)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "Fichiers des blocs"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["block", "asset"], name="a_block_shows_a_file_once")]

    def __str__(self) -> str:
        return f"{self.asset_id} of {self.block_id}"


def state_of(block: Block, assets: list[UUID]) -> dict[str, Any]:
    """What two editors of a block may differ on."""
    return {"data": block.data, "department": block.department_id, "files": assets}
