"""The address of a file: on the commune's own host, or signed on the media host where there is one."""

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from core.media.models import Asset


def address(asset: "Asset", name: str) -> str:
    return reverse("media", args=[asset.pk, name])
