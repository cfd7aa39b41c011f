"""Making, naming, moving and deleting pages."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.richtext.text import from_plain, plain
from core.tenancy.due import due
from core.tenancy.uniqueness import refuse_taken
from core.web.french import typographic
from core.web.meanwhile import heard
from core.web.plain_text import one_line
from modules.presentation.models import Block, BlockKind, FormerSlug, Page, PageVersion
from modules.presentation.models.words import vector_of
from modules.presentation.queries.blocks import blocks_of
from modules.presentation.queries.directory import introduction

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts

FORGET_DELETED = "presentation.forget_deleted"
DELETED_KEPT = timedelta(days=30)
MOST_PAGES = 200

SLUG_TAKEN = _("Une autre page a déjà cette adresse : choisissez-en une autre.")
_TOO_MANY = _("Votre commune a déjà 200 pages : supprimez-en avant d’en ajouter.")
_SUMMARY_STAYS = _("Cette page présente la commune : elle ne se supprime pas et ne se déplace pas.")
_GONE_FOR_GOOD = _("Cette page ne peut plus être remise : elle a été effacée.")


@dataclass(frozen=True, slots=True)
class Heading:
    """How a page is named. An empty slug of a new page is made of its title; that of a known one stays."""

    title: str
    summary: str = ""
    slug: str = ""


@transaction.atomic
def open_summary(*, facts: "CommuneFacts") -> Page:
    """Put online, once, the summary page with what the directory says; one that exists stays as it is."""
    page, made = Page.objects.get_or_create(slug="")
    if made:
        now = timezone.now()
        for published_at in (now, None):
            title = typographic(facts.name)
            version = PageVersion.objects.create(page=page, title=title, changed_at=now, published_at=published_at)
            Block.objects.create(
                version=version, key=page.pk, place=0, kind=BlockKind.TEXT, data=written(introduction(facts))
            )
            index(version)
    return page


@transaction.atomic
def start(*, heading: Heading, author: Any, key: UUID) -> Page:
    """Begin a page, after the others, under `key`: sent twice, it is begun once.

    Raises ChangedMeanwhile when something else is kept under this key, ValidationError on `slug` when it is taken.
    """
    title, summary = one_line(heading.title), one_line(heading.summary)
    known = Page.objects.filter(pk=key).first()
    if known:
        heard(asdict(heading_of(known)) | {"slug": ""}, {"title": title, "summary": summary, "slug": ""}, "", known)
        return known
    if Page.objects.filter(deleted_at__isnull=True).count() > MOST_PAGES:
        raise ValidationError(_TOO_MANY, code="too_many")
    slug = _free(heading.slug) if heading.slug else _made_of(title)
    last = Page.objects.aggregate(last=Max("position"))["last"] or 0
    page = Page(pk=key, slug=slug, position=last + 1, author=author)
    with refuse_taken("presentation_page_slug_key", slug=SLUG_TAKEN):
        page.save(force_insert=True)
    version = PageVersion(page=page, title=title, summary=summary, changed_at=timezone.now(), changed_by=author)
    version.clean_fields(exclude=["page", "changed_by", "vector"])
    version.save()
    index(version)
    record("presentation.page_started", target=title, author=author, page=str(page.pk))
    return page


@transaction.atomic
def name(*, key: UUID, heading: Heading, author: Any, read: str | None = None) -> Page:
    """Change how a page is named in its working copy, and at once its address: the one it had leads to it.

    Raises Page.DoesNotExist, ChangedMeanwhile, and ValidationError on `slug` when it is taken.
    """
    version = working(key)
    page = version.page
    sent = Heading(one_line(heading.title), one_line(heading.summary), heading.slug or page.slug)
    if heard(asdict(heading_of(page, version)), asdict(sent), read, page):
        return page
    if sent.slug != page.slug:
        if page.is_summary:
            raise ValidationError({"slug": _SUMMARY_STAYS})
        _readdress(page, _free(sent.slug, page))
    version.title, version.summary = sent.title, sent.summary
    version.clean_fields(exclude=["page", "changed_by", "published_by", "ended_by", "vector"])
    touch(version, author)
    record("presentation.page_named", target=sent.title, author=author, page=str(key))
    return page


def _readdress(page: Page, slug: str) -> None:
    former, page.slug = page.slug, slug
    with refuse_taken("presentation_page_slug_key", slug=SLUG_TAKEN):
        page.save(update_fields=["slug"])
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.update_or_create(slug=former, defaults={"page": page})


def heading_of(page: Page, version: PageVersion | None = None) -> Heading:
    found = version or PageVersion.objects.working().defer("vector").get(page=page)
    return Heading(found.title, found.summary, page.slug)


@transaction.atomic
def arrange_pages(*, keys: Sequence[UUID], author: Any) -> None:
    """Order the pages as these; those not named keep their place among the others."""
    pages = list(Page.objects.filter(deleted_at__isnull=True).exclude(slug="").select_for_update())
    wanted = merged([page.pk for page in pages], keys)
    if wanted == [page.pk for page in pages]:
        return
    by_key = {page.pk: page for page in pages}
    for position, key in enumerate(wanted, start=1):
        by_key[key].position = position
    Page.objects.bulk_update(pages, ["position"])
    record("presentation.pages_arranged", author=author)


@transaction.atomic
def shift_page(*, key: UUID, step: int, author: Any) -> None:
    """Move a page one place up (-1) or down (1) among the others. Raises Page.DoesNotExist."""
    page = Page.objects.get(pk=key, deleted_at__isnull=True)
    if page.is_summary:
        raise ValidationError(_SUMMARY_STAYS)
    keys = list(Page.objects.filter(deleted_at__isnull=True).exclude(slug="").values_list("pk", flat=True))
    arrange_pages(keys=stepped(keys, key, step), author=author)


def stepped(keys: list[UUID], key: UUID, step: int) -> list[UUID]:
    """These with one moved a place; at the edge it stays."""
    at = keys.index(key)
    to = max(0, min(len(keys) - 1, at + step))
    keys.insert(to, keys.pop(at))
    return keys


def merged(present: Sequence[UUID], wanted: Sequence[UUID]) -> list[UUID]:
    """All that is present, in the wanted order; what is not named in it stays after what it followed."""
    known = set(present)
    ordered = [key for key in dict.fromkeys(wanted) if key in known]
    named = set(ordered)
    for at, key in enumerate(present):
        if key not in named:
            ordered.insert(ordered.index(present[at - 1]) + 1 if at else 0, key)
    return ordered


@transaction.atomic
def delete(*, key: UUID, author: Any) -> Page:
    """Take a page from everybody's sight; for a month it can be put back. Raises Page.DoesNotExist."""
    page = Page.objects.select_for_update().get(pk=key)
    if page.is_summary:
        raise ValidationError(_SUMMARY_STAYS, code="summary")
    if page.deleted_at is None:
        page.deleted_at, page.deleted_by = timezone.now(), author
        page.save(update_fields=["deleted_at", "deleted_by"])
        due(FORGET_DELETED, page.deleted_at + DELETED_KEPT)
        record("presentation.page_deleted", target=heading_of(page).title, author=author, page=str(key))
    return page


@transaction.atomic
def restore(*, key: UUID, author: Any) -> Page:
    """Put back a page that was deleted, as it was. Raises ValidationError when it is gone for good."""
    page = Page.objects.select_for_update().filter(pk=key).first()
    if page is None:
        raise ValidationError(_GONE_FOR_GOOD, code="gone")
    if page.deleted_at:
        page.deleted_at = None
        page.deleted_by = None
        page.save(update_fields=["deleted_at", "deleted_by"])
        record("presentation.page_restored", target=heading_of(page).title, author=author, page=str(key))
    return page


@transaction.atomic
def forget_deleted() -> datetime | None:
    """Erase the pages that were deleted a month ago; return when the next one is to be."""
    Page.objects.filter(deleted_at__lte=timezone.now() - DELETED_KEPT).delete()
    next_one: datetime | None = Page.objects.aggregate(Min("deleted_at"))["deleted_at__min"]
    return next_one + DELETED_KEPT if next_one else None


def working(key: UUID) -> PageVersion:
    """The working copy of a page, for this transaction alone. Raises Page.DoesNotExist, also when it is deleted."""
    page = Page.objects.select_for_update().get(pk=key, deleted_at__isnull=True)
    return PageVersion.objects.working().select_related("page").defer("vector").get(page=page)


def touch(version: PageVersion, author: Any) -> None:
    """The working copy has changed: save it and what finds it."""
    version.changed_at, version.changed_by = timezone.now(), author
    version.save(update_fields=["title", "summary", "changed_at", "changed_by"])
    index(version)


def index(version: PageVersion) -> None:
    words = " ".join(text for block in blocks_of(version) for text in texts_of(block))
    vector = vector_of(version.title, version.summary, words[:200_000])
    PageVersion.objects.filter(pk=version.pk).update(vector=vector)


def written(text: str, title: str = "") -> dict[str, str]:
    """What a block of text says that was typed without any format."""
    return {"title": title, "body": from_plain(text)}


def texts_of(block: Block) -> list[str]:
    if block.kind == BlockKind.TEXT:
        return [str(block.data.get("title", "")), plain(str(block.data.get("body", "")))]
    return texts_in(block.data)


def texts_in(data: Any) -> list[str]:
    """Every text of a block's data."""
    match data:
        case str():
            return [data]
        case dict():
            return [text for each in data.values() for text in texts_in(each)]
        case list():
            return [text for each in data for text in texts_in(each)]
        case _:
            return []


def _free(slug: str, page: Page | None = None) -> str:
    holder = Page.objects.filter(slug=slug).first()
    if holder and holder != page:
        raise ValidationError({"slug": SLUG_TAKEN})
    return slug


def _made_of(title: str) -> str:
    """An address from a title: « Notre histoire » is at notre-histoire, and a second one at notre-histoire-2."""
    begun = slugify(title.replace("’", "-").replace("'", "-").replace("œ", "oe"))[:50].strip("-") or "page"
    taken = set(Page.objects.filter(slug__startswith=begun).values_list("slug", flat=True)) | RESERVED
    return next(each for each in (begun, *(f"{begun}-{number}" for number in range(2, 500))) if each not in taken)


# Addresses under /commune/ that are not those of pages.
RESERVED = frozenset({"equipe", "services", "liens", "urgences", "vie-pratique", "pratique", "apercu", "mairie"})
