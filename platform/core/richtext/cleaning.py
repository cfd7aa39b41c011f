"""From any HTML to the little that is kept, and nothing else."""

from typing import Final

import nh3

from core.richtext.lines import to_html
from core.richtext.links import SCHEMES, is_allowed
from core.richtext.reading import read

TAGS: Final = frozenset({"p", "h3", "h4", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br"})
LONGEST: Final = 400_000  # letters of HTML: Word's own is ten times what it says
_MOST_TAGS: Final = 3000  # beyond, the second reading would take long where tags are nested


class TooLong(ValueError):
    """More than anybody types; it was not read."""


def cleaned(html: str) -> str:
    """The canonical form of any HTML, "" when nothing in it is readable. Raises TooLong."""
    if len(html) > LONGEST:
        raise TooLong
    return _CLEANER.clean(to_html(read(html)))


def purified(html: str) -> str:
    """What was kept, with nothing that could not have been. Raises TooLong."""
    if len(html) > LONGEST or html.count("<") > _MOST_TAGS:
        return cleaned(html)
    return _CLEANER.clean(html)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    return value if is_allowed(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"a": {"href"}},
    attribute_filter=_kept,
    url_schemes=set(SCHEMES),
    clean_content_tags={"script", "style"},
    strip_comments=True,
    link_rel=None,
)
