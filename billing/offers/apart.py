"""What each commune of a group would take, as a form says it: the common choice, unless the commune is set apart.

`own=23031` sets it apart. Its boxes send `takes=23031.news`, and `takes=23031` that they were on the page: without them
it starts from the common choice. An address says the same shortly, whatever the number of communes:
`among=news.alerts` and `own=23031.2`, whose bits say which of them it takes. What is neither is passed over.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import QueryDict

from billing.queries.offers import Wanted
from tenants.models import Commune

# By its INSEE code, what a commune set apart takes, as slugs; None while its boxes are not on the page.
Apart = Mapping[str, frozenset[str] | None]
DIGITS = 12


def set_apart(said: QueryDict, communes: Iterable[Commune]) -> Apart:
    codes = {each.insee for each in communes}
    ticked: dict[str, set[str]] = {}
    for insee, _dot, slug in (each.partition(".") for each in said.getlist("takes")):
        ticked.setdefault(insee, set()).update({slug} - {""})
    among = said.get("among", "").split(".")
    found: dict[str, frozenset[str] | None] = {}
    for insee, _dot, bits in (each.partition(".") for each in said.getlist("own")):
        if insee in codes:
            found[insee] = _marked(bits, among) if bits else frozenset(ticked[insee]) if insee in ticked else None
    return found


def _marked(bits: str, among: list[str]) -> frozenset[str] | None:
    if not (bits.isascii() and bits.isdecimal() and len(bits) <= DIGITS):
        return None
    return frozenset(slug for rank, slug in enumerate(among) if slug and int(bits) >> rank & 1)


def unknown(apart: Apart) -> bool:
    """Whether a module is ticked that is not in the catalogue."""
    return any(slug not in settings.CATALOGUE for taken in apart.values() for slug in taken or ())


def shared_out(communes: Iterable[Commune], common: Iterable[str], apart: Apart) -> Wanted:
    """What each takes, with what that needs. A commune without a module is not in it."""
    usual = settings.CATALOGUE.closed(common)
    wanted = {}
    for each in communes:
        own = apart.get(each.insee)
        wanted[each] = usual if own is None else settings.CATALOGUE.closed(own)
    return {each: modules for each, modules in wanted.items() if modules}
