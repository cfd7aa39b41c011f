"""Writing, publishing and withdrawing news. Each action is one transaction and leaves a line in the journal."""

from modules.news.actions.content import MOST_FILES, NO_TIME, Content, EditedMeanwhile, Showing, Then
from modules.news.actions.moving import (
    TOPIC,
    archive,
    ask_validation,
    publish,
    put_back,
    schedule,
    send_back,
    unpublish,
)
from modules.news.actions.passing import ERASE_DELETED, EXPIRE_DUE, PUBLISH_DUE, erase_deleted, expire_due, publish_due
from modules.news.actions.writing import delete_draft, restore, revise, submit, undelete, write

__all__ = [
    "ERASE_DELETED",
    "EXPIRE_DUE",
    "MOST_FILES",
    "NO_TIME",
    "PUBLISH_DUE",
    "TOPIC",
    "Content",
    "EditedMeanwhile",
    "Showing",
    "Then",
    "archive",
    "ask_validation",
    "delete_draft",
    "erase_deleted",
    "expire_due",
    "publish",
    "publish_due",
    "put_back",
    "restore",
    "revise",
    "schedule",
    "send_back",
    "submit",
    "undelete",
    "unpublish",
    "write",
]
