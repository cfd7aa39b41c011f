"""What exists in the presentation of the commune."""

from modules.presentation.models.links import MOST_LINKS, UsefulLink
from modules.presentation.models.page import CommunePage, PageEdit

__all__ = ["MOST_LINKS", "CommunePage", "PageEdit", "UsefulLink"]
