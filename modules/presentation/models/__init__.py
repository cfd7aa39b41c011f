"""What exists in the presentation of the commune."""

from modules.presentation.models.blocks import MOST_BLOCKS, Block, BlockAsset, BlockKind
from modules.presentation.models.links import LocalNumber, Outcome, UsefulLink
from modules.presentation.models.listed import Listed
from modules.presentation.models.pages import FormerSlug, Page, PageVersion
from modules.presentation.models.practical import CanteenWeek, Collection, CollectionChange, Market, Stream
from modules.presentation.models.team import Member, Term

__all__ = [
    "MOST_BLOCKS",
    "Block",
    "BlockAsset",
    "BlockKind",
    "CanteenWeek",
    "Collection",
    "CollectionChange",
    "FormerSlug",
    "Listed",
    "LocalNumber",
    "Market",
    "Member",
    "Outcome",
    "Page",
    "PageVersion",
    "Stream",
    "Term",
    "UsefulLink",
]
