"""What changed between two versions of a page, block by block."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from modules.presentation.models import Block, PageVersion
from modules.presentation.queries.blocks import Shown, blocks_of, show


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Pair:
    """A block as it was and as it is; one of the two lacks where it was added or removed."""

    change: Change
    before: Shown | None
    after: Shown | None


def compared(before: PageVersion, after: PageVersion) -> list[Pair]:
    """The blocks of both, in the order of `after`; those it has no more come where they were."""
    was, now = _shown(before), _shown(after)
    kept = [key for key in was if key in now]
    moved = _moved(kept, [key for key in now if key in was])
    pairs = [_pair(was.get(key), shown, key in moved) for key, shown in now.items()]
    order = list(now)
    for at, key in enumerate(was):
        if key not in now:
            place = next((order.index(each) + 1 for each in reversed(list(was)[:at]) if each in order), 0)
            order.insert(place, key)
            pairs.insert(place, Pair(Change.REMOVED, was[key], None))
    return pairs


def _shown(version: PageVersion) -> dict[UUID, Shown]:
    blocks: list[Block] = blocks_of(version)
    return {shown.key: shown for shown in show(blocks)}


def _pair(was: Shown | None, now: Shown, moved: bool) -> Pair:
    if was is None:
        return Pair(Change.ADDED, None, now)
    if _said(was) != _said(now):
        return Pair(Change.CHANGED, was, now)
    return Pair(Change.MOVED if moved else Change.SAME, was, now)


def _said(block: Shown) -> tuple[object, ...]:
    department = block.hours.department.pk if block.hours else None
    return (block.kind, block.data, department, [asset.pk for asset in block.assets])


def _moved(before: list[UUID], after: list[UUID]) -> set[UUID]:
    """The fewest that were moved: those outside the longest run that kept its order."""
    places = {key: at for at, key in enumerate(before)}
    longest: list[UUID] = []
    runs: list[list[UUID]] = []
    for key in after:
        run = [key]
        for each in runs:
            if len(each) >= len(run) and places[each[-1]] < places[key]:
                run = [*each, key]
        runs.append(run)
        longest = run if len(run) > len(longest) else longest
    return set(after) - set(longest)
