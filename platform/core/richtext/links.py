"""Where a link may lead: the web, an address, a telephone, or a page of the same site."""

import re
from typing import Final

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_ABSOLUTE: Final = re.compile(
    r"(https?://[^\s/?#<>\"\\]+\.?[^\s<>\"\\]*|mailto:[^\s<>\"]+@[^\s<>\"]+|tel:\+?[0-9().\- ]{2,25})", re.I
)
_OWN: Final = re.compile(r"/(?![/\\])[^\s<>\"\\]*")
_LONGEST: Final = 500


def is_allowed(href: str) -> bool:
    if len(href) > _LONGEST:
        return False
    return bool(_ABSOLUTE.fullmatch(href) or _OWN.fullmatch(href))
