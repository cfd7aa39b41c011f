"""Adding, changing, moving and removing the blocks of a page's working copy."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.media.actions import describe
from core.media.files import files_in_transaction
from core.media.models import Asset
from core.organisation.models import Department
from core.web.meanwhile import ChangedMeanwhile, heard
from modules.presentation.actions.pages import merged, stepped, touch, working
from modules.presentation.models import MOST_BLOCKS, Block, BlockAsset, BlockKind, PageVersion
from modules.presentation.queries.blocks import blocks_of, state_now

TOO_MANY_BLOCKS = _("Une page tient en 200 blocs : continuez sur une autre page.")
_GONE = _("Ce bloc ne peut plus être remis : la page a été mise en ligne sans lui.")


@dataclass(frozen=True, slots=True)
class Content:
    """What was typed in a block's form: its data, the department it is about, the files it shows in their order."""

    data: dict[str, Any]
    department: Department | None = None
    assets: Sequence[Asset] = field(default=())

    @property
    def state(self) -> dict[str, Any]:
        department = self.department.pk if self.department else None
        return {"data": self.data, "department": department, "files": [asset.pk for asset in self.assets]}


@files_in_transaction()
def add(*, page: UUID, kind: BlockKind, content: Content, author: Any, key: UUID, after: UUID | None = None) -> Block:
    """Add a block under `key`, after another or at the end: sent twice, it is added once.

    Raises Page.DoesNotExist, and ChangedMeanwhile when another block is kept under this key.
    """
    version = working(page)
    known = Block.objects.filter(version=version, key=key).first()
    if known:
        if known.kind != kind:
            raise ChangedMeanwhile(known)
        heard(state_now(known), content.state, "", known)
        return known
    present = blocks_of(version)
    if len(present) >= MOST_BLOCKS:
        raise ValidationError(TOO_MANY_BLOCKS, code="too_many")
    block = Block(version=version, key=key, kind=kind, place=len(present))
    _fill(block, content)
    keys = [each.key for each in present]
    at = keys.index(after) + 1 if after in keys else len(keys)
    _place([*present[:at], block, *present[at:]])
    touch(version, author)
    record("presentation.block_added", target=version.title, author=author, kind=kind.value, page=str(page))
    return block


@files_in_transaction()
def change(*, page: UUID, key: UUID, content: Content, author: Any, read: str | None = None) -> Block:
    """Change what a block says. Raises Page.DoesNotExist, Block.DoesNotExist, ChangedMeanwhile."""
    version = working(page)
    block = _block(version, key)
    if heard(state_now(block), content.state, read, block):
        for asset in content.assets:
            describe(asset)
        return block
    _fill(block, content)
    touch(version, author)
    record("presentation.block_changed", target=version.title, author=author, kind=block.kind, page=str(page))
    return block


@transaction.atomic
def remove(*, page: UUID, key: UUID, author: Any) -> Block:
    """Take a block away; until the page is next put online it can be put back. Removed twice, it is removed once."""
    version = working(page)
    block = Block.objects.get(version=version, key=key)
    if block.removed_at is None:
        block.removed_at = timezone.now()
        block.save(update_fields=["removed_at"])
        touch(version, author)
        record("presentation.block_removed", target=version.title, author=author, kind=block.kind, page=str(page))
    return block


@transaction.atomic
def put_back(*, page: UUID, key: UUID, author: Any) -> Block:
    """Put back a block that was removed, where it was. Raises ValidationError when it is gone."""
    version = working(page)
    block = Block.objects.filter(version=version, key=key).first()
    if block is None:
        raise ValidationError(_GONE, code="gone")
    if block.removed_at is not None:
        if len(blocks_of(version)) >= MOST_BLOCKS:
            raise ValidationError(TOO_MANY_BLOCKS, code="too_many")
        block.removed_at = None
        block.save(update_fields=["removed_at"])
        touch(version, author)
        record("presentation.block_put_back", target=version.title, author=author, kind=block.kind, page=str(page))
    return block


@transaction.atomic
def arrange(*, page: UUID, keys: Sequence[UUID], author: Any, read: Sequence[UUID] | None = None) -> list[UUID]:
    """Order the blocks as these keys, and return the order kept. A block that somebody added meanwhile stays after the
    one it follows; none is lost, and keys of other pages are nothing here.

    Raises ChangedMeanwhile when somebody ordered them otherwise since they were `read` in that order.
    """
    version = working(page)
    present = blocks_of(version)
    now = [block.key for block in present]
    wanted = merged(now, keys)
    if wanted == now:
        return now
    if read is not None and [key for key in now if key in set(read)] != [key for key in read if key in set(now)]:
        raise ChangedMeanwhile(present)
    by_key = {block.key: block for block in present}
    _place([by_key[key] for key in wanted])
    touch(version, author)
    record("presentation.blocks_arranged", target=version.title, author=author, page=str(page))
    return wanted


@transaction.atomic
def shift(*, page: UUID, key: UUID, step: int, author: Any) -> list[UUID]:
    """Move a block one place up (-1) or down (1). Raises Block.DoesNotExist."""
    version = working(page)
    _block(version, key)
    return arrange(page=page, keys=stepped([each.key for each in blocks_of(version)], key, step), author=author)


def _block(version: PageVersion, key: UUID) -> Block:
    return Block.objects.get(version=version, key=key, removed_at__isnull=True)


def _fill(block: Block, content: Content) -> None:
    block.data, block.department = content.data, content.department
    block.clean_fields(exclude=["version", "department", "data"])
    block.save()
    wanted = [asset.pk for asset in content.assets]
    BlockAsset.objects.filter(block=block).exclude(asset__in=wanted).delete()
    rows = [BlockAsset(block=block, asset=asset, place=place) for place, asset in enumerate(content.assets)]
    BlockAsset.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["block", "asset"], update_fields=["place"]
    )
    for asset in content.assets:
        describe(asset)


def _place(blocks: Sequence[Block]) -> None:
    """Give each its place. One that was removed keeps its own, and so comes back about where it was."""
    for place, block in enumerate(blocks):
        block.place = place
    Block.objects.bulk_update([block for block in blocks if not block._state.adding], ["place"])
