"""What of a commune is to be mirrored at Stripe on a day: the cents of each line, at what rhythm, and until when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from billing.collecting.customers import KINDS
from billing.models import Subscription, Term
from billing.prices import DISCOUNT, Rhythm, book_from, price
from tenants.directory.departements import timezone_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """`ends` is the moment that its term is over: midnight after the last day, in the commune."""

    items: dict[str, int]
    rhythm: Rhythm
    ends: int


def wanted(subscription: Subscription) -> Wanted | None:
    """None where nothing is in force today, or its payer gave Stripe no means of payment."""
    if subscription.account.method not in KINDS:
        return None
    day = timezone.localdate(timezone=_zone(subscription))
    term = term_on(subscription, day)
    return Wanted(items_of(term, day), Rhythm(term.rhythm), _end(subscription, term)) if term else None


def term_on(subscription: Subscription, day: date) -> Term | None:
    """The term in force on a day."""
    rows = subscription.terms.filter(Q(cut_on__isnull=True) | Q(cut_on__gt=day), first__lte=day, last__gte=day)
    return rows.select_related("book").last()


def items_of(term: Term, day: date) -> dict[str, int]:
    """The cents of each line of a term's price on a day. Stripe knows no negative price: what a group is let off is
    taken from its lines, in proportion and to the cent."""
    choice = term.choices.filter(since__lte=day).last() or term.choices.first()
    slugs = settings.CATALOGUE.closed(choice.modules) if choice else ()
    keys = {settings.CATALOGUE[slug].price_key for slug in slugs}
    book = book_from(term.book.content)
    found = price(book, population=term.population, rhythm=Rhythm(term.rhythm), modules=keys, communes=term.communes)
    items = {item.key: item.cents for item in found.items if item.key != DISCOUNT}
    return _let_off(items, sum(items.values()) - found.net)


def _let_off(items: dict[str, int], off: int) -> dict[str, int]:
    total, before, left = sum(items.values()), 0, {}
    for key, cents in items.items():
        left[key] = cents - (off * (before + cents) // total - off * before // total) if total else cents
        before += cents
    return left


def _end(subscription: Subscription, term: Term) -> int:
    """The moment the term is over: midnight after its last day, in the commune."""
    last = min(term.last, term.cut_on - timedelta(days=1)) if term.cut_on else term.last
    midnight = datetime.combine(last + timedelta(days=1), time(), _zone(subscription))
    return int(midnight.astimezone(UTC).timestamp())


def _zone(subscription: Subscription) -> ZoneInfo:
    return ZoneInfo(timezone_of(subscription.commune_id, subscription.commune.departement))
