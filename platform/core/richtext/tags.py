"""What the tags of any HTML mean here."""

from typing import Final

HEADINGS: Final = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
BLOCKS: Final = frozenset(
    """p div address article aside caption center dd details dl dt fieldset figcaption figure footer form header hr
    legend main nav pre section summary table tbody td tfoot th thead tr h1 h2 h3 h4 h5 h6""".split()  # noqa: SIM905
)
LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
MARKS: Final = frozenset({"b", "strong", "em", "i", "cite", "span", "font", "a", "u", "s", "ins"})
# What is between these tags is no text.
UNREAD: Final = frozenset(
    """script style xml head title svg math iframe object applet template textarea select noscript noembed noframes
    audio video canvas""".split()  # noqa: SIM905
)
