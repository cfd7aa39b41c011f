"""What exists in the presentation of the commune."""

from modules.presentation.models.links import LocalNumber, Outcome, UsefulLink
from modules.presentation.models.listed import Listed
from modules.presentation.models.page import CommunePage, PageEdit
from modules.presentation.models.practical import CanteenWeek, Collection, CollectionChange, Market, Stream
from modules.presentation.models.team import Member, Term

__all__ = [
    "CanteenWeek",
    "Collection",
    "CollectionChange",
    "CommunePage",
    "Listed",
    "LocalNumber",
    "Market",
    "Member",
    "Outcome",
    "PageEdit",
    "Stream",
    "Term",
    "UsefulLink",
]
