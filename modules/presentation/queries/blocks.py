"""Blocks as they are shown: with their files, and the hours of their departments at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.media.models import Asset
from core.organisation.queries import Opening, openings
from core.tenancy.registry import Locality
from modules.presentation.models import Block, BlockAsset, BlockKind, PageVersion
from modules.presentation.models.blocks import state_of

_WITH_FILES = (BlockKind.PICTURE, BlockKind.GALLERY, BlockKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with all that its template needs."""

    key: UUID
    kind: BlockKind
    data: dict[str, Any]
    assets: tuple[Asset, ...] = ()
    hours: Opening | None = None

    @property
    def template(self) -> str:
        return self.kind.template

    @property
    def title(self) -> str:
        return str(self.data.get("title", ""))

    @property
    def asset(self) -> Asset | None:
        return self.assets[0] if self.assets else None

    @property
    def is_readable(self) -> bool:
        """Whether residents have something to read in it: its files, or its department, may be gone."""
        if self.kind in _WITH_FILES:
            return any(asset.is_ready for asset in self.assets)
        return self.hours is not None if self.kind == BlockKind.HOURS else True


def blocks_of(version: PageVersion, *, removed: bool = False) -> list[Block]:
    return list(Block.objects.filter(version=version, removed_at__isnull=not removed))


def shown_blocks(version: PageVersion, where: Locality | None = None) -> list[Shown]:
    """The blocks of a version in their order, in as many statements for two hundred as for three; a caller that knows
    `where` the commune is spares one."""
    return show(blocks_of(version), where)


def show(blocks: Sequence[Block], where: Locality | None = None) -> list[Shown]:
    files = files_of([block.pk for block in blocks if block.look in _WITH_FILES])
    hours = hours_of((block.department_id for block in blocks), timezone.now(), where)
    return [
        Shown(block.key, block.look, block.data, tuple(files.get(block.pk, ())), _hours(hours, block))
        for block in blocks
    ]


def shown_one(block: Block) -> Shown:
    return show([block])[0]


def files_of(blocks: Iterable[UUID]) -> dict[UUID, list[Asset]]:
    """The files of each block, in their order."""
    wanted = list(blocks)
    if not wanted:
        return {}
    rows = BlockAsset.objects.filter(block__in=wanted).select_related("asset").order_by("block_id", "place")
    return {block: [row.asset for row in each] for block, each in groupby(rows, key=lambda row: row.block_id)}


def state_now(block: Block) -> dict[str, Any]:
    keys = BlockAsset.objects.filter(block=block).order_by("place").values_list("asset_id", flat=True)
    return state_of(block, list(keys))


def hours_of(
    departments: Iterable[UUID | None], moment: datetime, where: Locality | None = None
) -> dict[UUID, Opening]:
    """The open departments among these, with what is true of their hours at a moment."""
    wanted = {key for key in departments if key}
    found = openings(moment, where=where, with_people=False, among=wanted) if wanted else []
    return {each.department.pk: each for each in found}


def _hours(known: dict[UUID, Opening], block: Block) -> Opening | None:
    return known.get(block.department_id) if block.department_id else None
