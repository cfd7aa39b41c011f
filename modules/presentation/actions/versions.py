"""Putting pages online, taking them off, and going back to what they said."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from modules.presentation.actions.pages import index, working
from modules.presentation.models import Block, BlockAsset, PageVersion

_SUMMARY_STAYS = _("Cette page présente la commune : elle reste en ligne.")


@transaction.atomic
def publish(*, page: UUID, author: Any) -> PageVersion:
    """Have everybody read the working copy. What they read until now stays in the history; pressed twice, it is put
    online once. Raises Page.DoesNotExist."""
    version = working(page)
    online = PageVersion.objects.online().defer("vector").filter(page=page).first()
    if online and online.published_at and online.published_at >= version.changed_at:
        return online
    now = timezone.now()
    if online:
        _end(online, now, author)
    published = PageVersion.objects.create(
        page=version.page,
        title=version.title,
        summary=version.summary,
        changed_at=version.changed_at,
        changed_by=version.changed_by,
        published_at=now,
        published_by=author,
    )
    Block.objects.filter(version=version, removed_at__isnull=False).delete()
    _copy_blocks(version, published)
    record("presentation.page_published", target=version.title, author=author, page=str(page))
    return published


@transaction.atomic
def unpublish(*, page: UUID, author: Any) -> PageVersion | None:
    """Residents read the page no more; its working copy stays. Returns what was online. Raises Page.DoesNotExist."""
    version = working(page)
    if version.page.is_summary:
        raise ValidationError(_SUMMARY_STAYS, code="summary")
    online = PageVersion.objects.online().defer("vector").filter(page=page).first()
    if online:
        _end(online, timezone.now(), author)
        record("presentation.page_unpublished", target=online.title, author=author, page=str(page))
    return online


@transaction.atomic
def put_back_online(*, page: UUID, version: UUID, author: Any) -> None:
    """Take a withdrawal back: residents read again what they read. Nothing changes when something is online already.
    Raises Page.DoesNotExist, PageVersion.DoesNotExist."""
    working(page)
    wanted = PageVersion.objects.defer("vector").get(page=page, pk=version, published_at__isnull=False)
    if not PageVersion.objects.online().filter(page=page).exists():
        wanted.ended_at = wanted.ended_by = None
        wanted.save(update_fields=["ended_at", "ended_by"])
        record("presentation.page_put_back_online", target=wanted.title, author=author, page=str(page))


@transaction.atomic
def bring_back(*, page: UUID, version: UUID, author: Any) -> PageVersion | None:
    """Make the working copy say what a version said. What it said is set aside in the history, and returned, unless it
    is what residents read. Raises Page.DoesNotExist, PageVersion.DoesNotExist."""
    current = working(page)
    wanted = PageVersion.objects.defer("vector").get(page=page, pk=version)
    if wanted.is_working:
        return None
    online = PageVersion.objects.online().defer("vector").filter(page=page).first()
    now = timezone.now()
    _end(current, now, author)
    renewed = PageVersion.objects.create(
        page=current.page, title=wanted.title, summary=wanted.summary, changed_at=now, changed_by=author
    )
    _copy_blocks(wanted, renewed)
    record("presentation.page_brought_back", target=renewed.title, author=author, page=str(page))
    if online and online.published_at and online.published_at >= current.changed_at:
        current.delete()
        return None
    return current


def _end(version: PageVersion, now: Any, author: Any) -> None:
    version.ended_at, version.ended_by = now, author
    version.save(update_fields=["ended_at", "ended_by"])


def _copy_blocks(source: PageVersion, target: PageVersion) -> None:
    """The same blocks, under the same keys, with the same files."""
    blocks = list(Block.objects.filter(version=source, removed_at__isnull=True).prefetch_related("files"))
    copies = [
        Block(
            version=target,
            key=block.key,
            place=place,
            kind=block.kind,
            data=block.data,
            department_id=block.department_id,
        )
        for place, block in enumerate(blocks)
    ]
    Block.objects.bulk_create(copies)
    BlockAsset.objects.bulk_create(
        BlockAsset(block=copy, asset_id=file.asset_id, place=file.place)
        for block, copy in zip(blocks, copies, strict=True)
        for file in block.files.all()
    )
    index(target)
