"""Setting the demo up: the operator, the communes that are open, one that waits and one that is suspended."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from core.media.files import files_in_transaction
from deploy.demo import mandates
from deploy.demo.communes import keep_links, open_place
from deploy.demo.texts import SUSPENDED, WAITING, Place
from tenants.models import Space


def seed(places: Iterable[Place], now: datetime) -> Iterator[str]:
    """Open what is not open yet, each commune whole or not at all; say what was done."""
    operator = mandates.operator(now)
    for place in places:
        if space := _space(place.slug):
            keep_links(space, place)
            continue
        with files_in_transaction():
            mandates.confirm(open_place(place, now), place, operator, now)
        yield f"{place.page.title} is open, with {len(place.news)} news items."
    if not _space(WAITING):
        mandates.open_waiting(now)
        yield f"{WAITING} waits for its mandate."
    if not _space(SUSPENDED):
        mandates.open_suspended(operator, now)
        yield f"{SUSPENDED} is suspended."


def _space(slug: str) -> Space | None:
    found: Space | None = Space.objects.filter(commune__slug=slug).select_related("commune").first()
    return found
