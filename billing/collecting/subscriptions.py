"""What a commune uses, as a subscription of Stripe's that never bills: an item a line of its price, at our cents.

Stripe's clock is kept from asking for anything: the first period is free up to its end, and collection is paused there.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from billing.collecting.client import api, every, once, plain
from billing.collecting.customers import mirror
from billing.collecting.locking import locked
from billing.models import StripeSubscription, Subscription, Term
from billing.prices import DISCOUNT, Rhythm, book_from, price
from tenants.directory.departements import timezone_of

INTERVALS = {Rhythm.MONTHLY: "month", Rhythm.YEARLY: "year"}
LONGEST_CYCLE = {Rhythm.MONTHLY: timedelta(days=27), Rhythm.YEARLY: timedelta(days=364)}
QUIET = {"proration_behavior": "none", "pause_collection": {"behavior": "void"}}


def mirror_subscription(subscription: Subscription, today: date | None = None) -> StripeSubscription | None:
    """Bring Stripe's to what is in force today; None where nothing is, and nothing was told to Stripe."""
    row = StripeSubscription.objects.filter(subscription=subscription).first()
    term = term_on(subscription, today or timezone.localdate(timezone=_zone(subscription)))
    if term is None:
        return _ended(row) if row else None
    wanted = items_of(term, today or timezone.localdate(timezone=_zone(subscription)))
    rhythm = Rhythm(term.rhythm)
    held = _alive(row)
    if held is None:
        customer = mirror(subscription.account)
        row, held = _begun(subscription, term, customer, wanted, row)
    assert row is not None
    changes = _changes(held, wanted, rhythm)
    ends = _end(subscription, term)
    if changes or held["cancel_at"] != ends or not held["pause_collection"]:
        asked = {"items": changes} if changes else {}
        held = plain(api().subscriptions.update(held["id"], {**asked, "cancel_at": ends, **QUIET}))
    facts = {"items": wanted, "status": held["status"]}
    if facts != {"items": row.items, "status": row.status}:
        StripeSubscription.objects.filter(pk=row.pk).update(**facts, seen_at=timezone.now())
        row.refresh_from_db()
    return row


@transaction.atomic
def bring_subscription(identifier: str) -> bool | None:
    """Write what Stripe says became of it; None when it is none of ours."""
    row = StripeSubscription.objects.filter(stripe_id=identifier).select_related("subscription__account").first()
    if row is None:
        return None
    locked(row.subscription.account)
    status = plain(api().subscriptions.retrieve(identifier))["status"]
    changed = StripeSubscription.objects.filter(pk=row.pk).exclude(status=status)
    return bool(changed.update(status=status, seen_at=timezone.now()))


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


def _begun(
    subscription: Subscription, term: Term, customer: str, wanted: dict[str, int], old: StripeSubscription | None
) -> tuple[StripeSubscription, dict[str, Any]]:
    """A new one at Stripe; or the one that a lost answer was about."""
    name = str(subscription.pk)
    alive = (each for each in every(api().subscriptions, customer=customer) if each["metadata"].get("name") == name)
    found = next(alive, None)
    if found is None:
        rhythm, ends = Rhythm(term.rhythm), _end(subscription, term)
        anchor = min(ends, int((timezone.now() + LONGEST_CYCLE[rhythm]).timestamp()))
        asked = {
            "customer": customer,
            "items": [{"price": _price(key, cents, rhythm), "metadata": {"key": key}} for key, cents in wanted.items()],
            "collection_method": "send_invoice",
            "days_until_due": 30,
            "billing_cycle_anchor": anchor,
            "proration_behavior": "none",
            "cancel_at": ends,
            "metadata": {"name": name, "commune": subscription.commune_id},
        }
        found = plain(api().subscriptions.create(asked))
    facts = {"stripe_id": found["id"], "status": found["status"], "items": {}}
    row, _made = StripeSubscription.objects.update_or_create(subscription=subscription, defaults=facts)
    return row, found


def _alive(row: StripeSubscription | None) -> dict[str, Any] | None:
    if row is None or row.status == "canceled":
        return None
    found = plain(api().subscriptions.retrieve(row.stripe_id))
    return None if found["status"] in ("canceled", "incomplete_expired") else found


def _ended(row: StripeSubscription) -> StripeSubscription:
    """No term is in force: none is at Stripe."""
    if _alive(row) is not None:
        api().subscriptions.cancel(row.stripe_id)
    if row.status != "canceled" or row.items:
        StripeSubscription.objects.filter(pk=row.pk).update(status="canceled", items={}, seen_at=timezone.now())
        row.refresh_from_db()
    return row


def _changes(held: dict[str, Any], wanted: dict[str, int], rhythm: Rhythm) -> list[dict[str, Any]]:
    """What to ask so that the items are those that are wanted, no more and no less."""
    there = {item["metadata"].get("key"): item for item in held["items"]["data"]}
    changes: list[dict[str, Any]] = []
    for key, cents in wanted.items():
        item = there.pop(key, None)
        if item is None:
            changes.append({"price": _price(key, cents, rhythm), "metadata": {"key": key}})
        elif _differs(item["price"], cents, rhythm):
            changes.append({"id": item["id"], "price": _price(key, cents, rhythm)})
    return [*changes, *({"id": item["id"], "deleted": True} for item in there.values())]


def _differs(held: dict[str, Any], cents: int, rhythm: Rhythm) -> bool:
    return bool(held["unit_amount"] != cents or held["recurring"]["interval"] != INTERVALS[rhythm])


def _price(key: str, cents: int, rhythm: Rhythm) -> str:
    """Stripe's price of these cents for a line, made when it is asked first."""
    name = f"beffroi:{key}:{rhythm.value}:{cents}"
    if found := list(every(api().prices, lookup_keys=[name])):
        return str(found[0]["id"])
    asked = {
        "product": _product(key),
        "currency": "eur",
        "unit_amount": cents,
        "recurring": {"interval": INTERVALS[rhythm]},
        "lookup_key": name,
        "tax_behavior": "exclusive",
    }
    return str(plain(api().prices.create(asked, once(name)))["id"])


def _product(key: str) -> str:
    name = f"beffroi-{key.replace(':', '-')}"
    api().products.create({"id": name, "name": key}, once(name))
    return name


def _end(subscription: Subscription, term: Term) -> int:
    """The moment the term is over: midnight after its last day, in the commune."""
    last = min(term.last, term.cut_on - timedelta(days=1)) if term.cut_on else term.last
    midnight = datetime.combine(last + timedelta(days=1), time(), _zone(subscription))
    return int(midnight.astimezone(UTC).timestamp())


def _zone(subscription: Subscription) -> ZoneInfo:
    return ZoneInfo(timezone_of(subscription.commune_id, subscription.commune.departement))
