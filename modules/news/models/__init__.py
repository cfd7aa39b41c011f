"""News items, what is attached to them, the states they went through and the versions of what they say."""

from modules.news.models.attachments import Attachment, ItemArea
from modules.news.models.items import MOST_PINNED, NewsItem, NewsItems
from modules.news.models.revisions import Revision
from modules.news.models.searching import search_query, search_vector
from modules.news.models.states import NEXT, READABLE, ItemState
from modules.news.models.themes import Theme
from modules.news.models.transitions import Transition

__all__ = [
    "MOST_PINNED",
    "NEXT",
    "READABLE",
    "Attachment",
    "ItemArea",
    "ItemState",
    "NewsItem",
    "NewsItems",
    "Revision",
    "Theme",
    "Transition",
    "search_query",
    "search_vector",
]
