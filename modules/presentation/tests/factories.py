"""The page about the commune, a change to it, its team, its links and what daily life needs."""

from datetime import date, time
from typing import Any

from core.accounts.models import User
from core.media.models import Asset
from core.organisation.models import Department
from modules.presentation.models import (
    CanteenWeek,
    Collection,
    CollectionChange,
    CommunePage,
    LocalNumber,
    Market,
    Member,
    PageEdit,
    Stream,
    Term,
    UsefulLink,
)
from tests.planting import Mark, Plot, factory

_OF: dict[str, Any] = {
    "member": Member,
    "link": UsefulLink,
    "number": LocalNumber,
    "collection": Collection,
    "change": CollectionChange,
    "menu": CanteenWeek,
    "market": Market,
}
SAMPLES = {
    (f"presentation-office:{slug}{act}", "pk"): model
    for slug, model in _OF.items()
    for act in ("", "-move", "-remove", "-restore")
}


@factory(CommunePage)
def page(plot: Plot, mark: Mark) -> CommunePage:
    return CommunePage.objects.create(title=mark.text, introduction=mark.text, history=mark.text)


@factory(PageEdit)
def edit(plot: Plot, mark: Mark) -> PageEdit:
    return PageEdit.objects.create(page=plot[CommunePage], author=plot[User], changed=[mark.secret])


@factory(Term, marked=False)
def term(plot: Plot, mark: Mark) -> Term:
    return Term.objects.create(began_on=date(2026, 3, 20))


@factory(Member)
def member(plot: Plot, mark: Mark) -> Member:
    return Member.objects.create(
        term=plot[Term], first_name=mark.secret[:60], surname=mark.text, function=mark.text, group=mark.text,
        delegations=mark.text, departments=[plot[Department].pk], permanence=mark.text, portrait=plot[Asset],
    )  # fmt: skip


@factory(UsefulLink)
def link(plot: Plot, mark: Mark) -> UsefulLink:
    return UsefulLink.objects.create(label=mark.text, url=f"https://exemple.fr/{mark.secret}", theme=mark.text)


@factory(LocalNumber)
def number(plot: Plot, mark: Mark) -> LocalNumber:
    return LocalNumber.objects.create(label=mark.text, phone="04 00 00 00 00", note=mark.text)


@factory(Collection)
def collection(plot: Plot, mark: Mark) -> Collection:
    return Collection.objects.create(stream=Stream.SORTED, weekdays=[0, 3], note=mark.text)


@factory(CollectionChange)
def change(plot: Plot, mark: Mark) -> CollectionChange:
    return CollectionChange.objects.create(
        collection=plot[Collection], day=date(2026, 12, 24), moved_to=date(2026, 12, 26), reason=mark.text
    )


@factory(CanteenWeek)
def menu(plot: Plot, mark: Mark) -> CanteenWeek:
    return CanteenWeek.objects.create(
        monday=date(2026, 11, 23), days={"0": {"dishes": mark.text, "allergens": mark.text}}
    )


@factory(Market)
def market(plot: Plot, mark: Mark) -> Market:
    return Market.objects.create(name=mark.text, weekday=5, opens=time(8), closes=time(12), place=mark.text)
