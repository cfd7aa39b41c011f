"""Changing the links of the page, within the transaction of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modules.presentation.models import MOST_LINKS, CommunePage, UsefulLink

TOO_MANY_LINKS = _("Douze liens au plus : gardez les plus utiles.")


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


def replace_links(page: CommunePage, links: Sequence[Link]) -> None:
    if len(links) > MOST_LINKS:
        raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
    page.links.all().delete()
    rows = [UsefulLink(page=page, place=place, label=link.label, url=link.url) for place, link in enumerate(links)]
    for row in rows:
        row.clean_fields(exclude=["page"])
    UsefulLink.objects.bulk_create(rows)
