"""Making and changing the page. Each action is one transaction; a change leaves a row and a line in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.web.plain_text import many_lines, one_line
from modules.presentation.models import MOST_LINKS, CommunePage, PageEdit, UsefulLink
from modules.presentation.queries import first_page

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts

TOO_MANY_LINKS = _("Douze liens au plus : gardez les plus utiles.")
_LINES = {"introduction", "address", "opening_hours", "history"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a person typed."""

    title: str
    introduction: str
    address: str
    phone: str
    email: str
    opening_hours: str
    history: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


class EditedMeanwhile(Exception):
    """Somebody saved the page since it was read; `page` is as they left it."""

    def __init__(self, page: CommunePage) -> None:
        super().__init__(str(page.pk))
        self.page = page


@transaction.atomic
def open_page(*, facts: "CommuneFacts") -> CommunePage:
    """Make the commune's page from the directory; one that exists stays as it is."""
    first = first_page(facts)
    values = {field.name: getattr(first, field.name) for field in fields(Content)}
    page, _made = CommunePage.objects.get_or_create(only=True, defaults=values)
    return page


@transaction.atomic
def revise(*, facts: "CommuneFacts", version: int, content: Content, links: Sequence[Link], author: Any) -> CommunePage:
    """Save the page and its links; nothing happens when it says so already.

    Raises EditedMeanwhile when it is no longer at `version` and says something else.
    """
    open_page(facts=facts)
    page = CommunePage.objects.select_for_update().get(only=True)
    read = page.version
    changed = [name for name, value in filled(page, content).items() if value]
    kept = [Link(one_line(link.label), link.url) for link in links]
    if kept != [Link(link.label, link.url) for link in page.links.all()]:
        changed.append("links")
    if not changed:
        return page
    if read != version:
        page.refresh_from_db()
        raise EditedMeanwhile(page)
    page.clean_fields()
    if "links" in changed:
        _replace_links(page, kept)
    page.version += 1
    page.save()
    PageEdit.objects.create(page=page, author=author, changed=changed)
    record("presentation.revised", target=page.title, author=author, fields=changed)
    return page


def filled(page: CommunePage, content: Content) -> dict[str, bool]:
    """Put what was typed on the page, unsaved; tell which fields it changes."""
    changes = {}
    for field in fields(Content):
        typed = getattr(content, field.name)
        value = many_lines(typed) if field.name in _LINES else one_line(typed)
        changes[field.name] = getattr(page, field.name) != value
        setattr(page, field.name, value)
    return changes


def _replace_links(page: CommunePage, links: Sequence[Link]) -> None:
    if len(links) > MOST_LINKS:
        raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
    page.links.all().delete()
    rows = [UsefulLink(page=page, place=place, label=link.label, url=link.url) for place, link in enumerate(links)]
    for row in rows:
        row.clean_fields(exclude=["page"])
    UsefulLink.objects.bulk_create(rows)
