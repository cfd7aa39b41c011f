"""Pictures of a commune."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from core.media.imaging import SIZES, fitted
from core.tenancy.models import CommuneModel


class Picture(CommuneModel):
    """An uploaded picture, drawn again in each of SIZES, as WebP and as JPEG.

    `prefix` is where its files are and never changes; `width` and `height` are those of the largest rendition.
    An empty `alt` says that the picture is decorative.
    """

    FORMATS: ClassVar = {"webp": "image/webp", "jpg": "image/jpeg"}

    prefix = models.CharField(max_length=80, editable=False)
    alt = models.CharField("description", max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    author_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.alt or f"picture {self.pk}"

    @property
    def sizes(self) -> tuple[int, ...]:
        """The renditions that exist: a small picture has no large one."""
        small, *larger = SIZES
        is_larger = fitted(self.width, self.height, small) != (self.width, self.height)
        return (small, *larger) if is_larger else (small,)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.name_of(size, suffix) for size in self.sizes for suffix in self.FORMATS)

    def name_of(self, size: int, suffix: str) -> str:
        return f"{self.prefix}/{size}.{suffix}"

    def url(self, size: int, suffix: str = "jpg") -> str:
        return reverse("media", args=[self.pk, size, suffix])

    def srcset(self, suffix: str) -> str:
        widths = {size: fitted(self.width, self.height, size)[0] for size in self.sizes}
        return ", ".join(f"{self.url(size, suffix)} {width}w" for size, width in widths.items())
