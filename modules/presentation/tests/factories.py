"""A page with its blocks, the team, its links and what daily life needs."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.media.models import Asset
from core.organisation.models import Department
from core.tenancy.keys import uuid7
from modules.presentation.actions.pages import index
from modules.presentation.models import (
    Block,
    BlockAsset,
    BlockKind,
    CanteenWeek,
    Collection,
    CollectionChange,
    FormerSlug,
    LocalNumber,
    Market,
    Member,
    Page,
    PageVersion,
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
SAMPLES: dict[tuple[str, str], Any] = {
    (f"presentation-office:{slug}{act}", "pk"): model
    for slug, model in _OF.items()
    for act in ("", "-move", "-remove", "-restore")
} | {
    ("presentation", "key"): Page,
    ("presentation", "block"): Block,
    ("presentation", "version"): PageVersion,
    ("presentation", "kind"): "texte",
    ("presentation", "slug"): "une-page",
}


@factory(Page, marked=False)
def written(plot: Plot, mark: Mark) -> Page:
    return Page.objects.create(slug="une-page", position=1, author=plot[User])


@factory(FormerSlug)
def former(plot: Plot, mark: Mark) -> FormerSlug:
    return FormerSlug.objects.create(page=plot[Page], slug=f"ancienne-{mark.secret}")


@factory(PageVersion)
def version(plot: Plot, mark: Mark) -> PageVersion:
    """The working copy, with the same online: a page always has one."""
    words = {"page": plot[Page], "title": mark.text, "summary": mark.text, "changed_at": timezone.now()}
    online = PageVersion.objects.create(
        **words, changed_by=plot[User], published_by=plot[User], published_at=timezone.now()
    )
    Block.objects.create(version=online, place=0, kind=BlockKind.TEXT, data={"title": "", "body": mark.text})
    index(online)
    working = PageVersion.objects.create(**words, changed_by=plot[User])
    index(working)
    return working


@factory(Block)
def block(plot: Plot, mark: Mark) -> Block:
    key = uuid7()
    return Block.objects.create(
        pk=key,
        key=key,
        version=plot[PageVersion],
        place=0,
        kind=BlockKind.CONTACT,
        data={"title": mark.text, "function": "", "phone": "", "email": "", "place": ""},
        department=plot[Department],
    )


@factory(BlockAsset, marked=False)
def block_asset(plot: Plot, mark: Mark) -> BlockAsset:
    return BlockAsset.objects.create(block=plot[Block], asset=plot[Asset], place=0)


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
