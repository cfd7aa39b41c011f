"""The page about the commune, a link of it, and a change to it."""

from core.accounts.models import User
from modules.presentation.models import CommunePage, PageEdit, UsefulLink
from tests.planting import Mark, Plot, factory


@factory(CommunePage)
def page(plot: Plot, mark: Mark) -> CommunePage:
    return CommunePage.objects.create(
        title=mark.text,
        introduction=mark.text,
        address=mark.text,
        phone="01 23 45 67 89",
        email=mark.email,
        opening_hours=mark.text,
        history=mark.text,
    )


@factory(UsefulLink)
def link(plot: Plot, mark: Mark) -> UsefulLink:
    return UsefulLink.objects.create(
        page=plot[CommunePage], place=0, label=mark.text, url=f"https://exemple.fr/{mark.secret}"
    )


@factory(PageEdit)
def edit(plot: Plot, mark: Mark) -> PageEdit:
    return PageEdit.objects.create(page=plot[CommunePage], author=plot[User], changed=[mark.secret])
