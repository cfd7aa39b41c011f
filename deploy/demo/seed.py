"""Setting the demo up: the operator, the communes that are open, one that waits and one that is suspended."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from billing.models import Quote
from core.media.files import files_in_transaction
from deploy.demo import mandates, news, showcase, subscriptions
from deploy.demo.communes import open_place
from deploy.demo.texts import SUSPENDED, WAITING, Place
from tenants.models import Space

DRAWERS = 2


@contextmanager
def drawing(places: Sequence[Place]) -> Iterator[Mapping[str, news.Pictures]]:
    """Draw the pictures of the places that are not open yet, by their slugs, while something else is done: it is the
    longest work of a first start.
    """
    pool = ThreadPoolExecutor(DRAWERS)
    try:
        known = Space._meta.db_table in connection.introspection.table_names()
        yield {
            place.slug: {**news.draw(place, pool), **showcase.draw(place, pool)}
            for place in places
            if not (known and _opened(place))
        }
    finally:
        pool.shutdown(cancel_futures=True)


def seed(places: Sequence[Place], pictures: Mapping[str, news.Pictures], now: datetime) -> Iterator[str]:
    """Open what is not open yet, each commune whole or not at all; say what was done."""
    operator = mandates.operator(now)
    for place in places:
        if _space(place.slug):
            continue
        with files_in_transaction():
            mandates.confirm(open_place(place, pictures[place.slug], now), place, operator, now)
        yield f"{place.page.title} is open, with {len(place.news)} news items."
    if not _space(WAITING):
        mandates.open_waiting(now)
        yield f"{WAITING} waits for its mandate."
    if not _space(SUSPENDED):
        mandates.open_suspended(operator, now)
        yield f"{SUSPENDED} is suspended."
    if not Quote.objects.exists():
        subscriptions.tell(now)
        yield "They ordered, were invoiced and paid."


def _opened(place: Place) -> bool:
    """Asks for no column, which a schema of yesterday may lack."""
    found: bool = Space.objects.filter(commune__slug=place.slug).exists()
    return found


def _space(slug: str) -> Space | None:
    found: Space | None = Space.objects.filter(commune__slug=slug).select_related("commune").first()
    return found
