"""Making and changing the page."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.audit.actions import record
from core.web.plain_text import many_lines, one_line
from modules.presentation.models import CommunePage, PageEdit
from modules.presentation.queries.directory import first_page

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts

_LINES = {"introduction", "history"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a person typed."""

    title: str
    introduction: str
    history: str


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
def revise(*, facts: "CommuneFacts", version: int, content: Content, author: Any) -> CommunePage:
    """Save the page; nothing happens when it says so already.

    Raises EditedMeanwhile when it is no longer at `version` and says something else.
    """
    open_page(facts=facts)
    page = CommunePage.objects.select_for_update().get(only=True)
    read = page.version
    changed = [name for name, value in filled(page, content).items() if value]
    if not changed:
        return page
    if read != version:
        page.refresh_from_db()
        raise EditedMeanwhile(page)
    page.clean_fields()
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
