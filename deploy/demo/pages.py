"""The pages of a commune of the demo, written and put online by the module's own actions."""

from core.accounts.models import User
from core.tenancy.keys import uuid7
from deploy.demo.texts import NOTE, Place
from modules.presentation.actions import blocks, pages, versions
from modules.presentation.actions.blocks import Content
from modules.presentation.actions.pages import Heading
from modules.presentation.models import BlockKind, Page


def furnish(place: Place, author: User) -> None:
    """What the commune says of itself, then its history on a page of its own."""
    summary = Page.objects.get(slug="")
    pages.name(key=summary.pk, heading=Heading(place.page.title), author=author)
    blocks.change(page=summary.pk, key=summary.pk, content=_text(place.page.introduction), author=author)
    versions.publish(page=summary.pk, author=author)
    history = pages.start(heading=Heading("Histoire", "D’où vient la commune."), author=author, key=uuid7())
    text = f"{place.page.history}\n\n{NOTE}"
    blocks.add(page=history.pk, kind=BlockKind.TEXT, content=_text(text), author=author, key=uuid7())
    versions.publish(page=history.pk, author=author)


def _text(body: str) -> Content:
    return Content(pages.written(body.strip()))
