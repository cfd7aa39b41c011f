"""Why a file is not accepted; `core.media.refusals` has the sentence for each."""

from enum import StrEnum


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    TOO_COSTLY = "too_costly"
    ENCRYPTED = "encrypted"
    SCRIPTED = "scripted"
    CARRIES_FILES = "carries_files"
    UNCHECKABLE = "uncheckable"
    TOO_MANY_PAGES = "too_many_pages"
    NO_PICTURE = "no_picture"
    TOO_LONG = "too_long"
    NOT_PLAYED = "not_played"
    TRACKED = "tracked"


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
