"""What a commune uses, as a subscription of Stripe's that never bills: an item a line of its price, at our cents.

Stripe's clock is kept from asking for anything: the first period is free up to its end, and collection is paused there.
Each bears a print of how we left it, written in the same call: what is otherwise later was changed by somebody else.
"""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing.collecting.client import api, every, once, plain
from billing.collecting.customers import mirror
from billing.collecting.in_force import Wanted, wanted
from billing.collecting.locking import locked
from billing.collecting.telling import tell
from billing.models import StripeSubscription, Subscription
from billing.prices import Rhythm, euros

INTERVALS = {Rhythm.MONTHLY: "month", Rhythm.YEARLY: "year"}
LONGEST_CYCLE = {Rhythm.MONTHLY: timedelta(days=27), Rhythm.YEARLY: timedelta(days=364)}
SENT = {"collection_method": "send_invoice", "days_until_due": 30}
QUIET = {**SENT, "proration_behavior": "none", "pause_collection": {"behavior": "void"}}
LEFT, OVER = "left", ("canceled", "incomplete_expired")
STOPPED = "Beffroi"


def mirror_subscription(subscription: Subscription) -> StripeSubscription | None:
    """Bring Stripe's to what is in force today; None where nothing is, and nothing was told to Stripe."""
    row = StripeSubscription.objects.filter(subscription=subscription).first()
    what = wanted(subscription)
    if what is None:
        return _ended(row) if row else None
    customer = mirror(subscription.account)
    held = _alive(row)
    if held is not None and held["customer"] != customer:  # another pays from now on
        _stop(held)
        held = None
    if held is None:
        row, held = _begun(subscription, what, customer)
    assert row is not None
    if changed_there(held):
        there = lines(items_there(held))
        tell(_subject(row), f"Il a été changé chez Stripe, et nous le remettons comme ici : il y était {there}.")
    held = _brought(held, what)
    facts = {"items": what.items, "status": held["status"]}
    if facts != {"items": row.items, "status": row.status}:
        StripeSubscription.objects.filter(pk=row.pk).update(**facts, seen_at=timezone.now())
        row.refresh_from_db()
    return row


@transaction.atomic
def bring_subscription(identifier: str) -> bool | None:
    """Write what Stripe says became of it; whether there is more to do, None when it is none of ours."""
    rows = StripeSubscription.objects.filter(stripe_id=identifier).select_related("subscription__account")
    row = rows.first() or _adopted(plain(api().subscriptions.retrieve(identifier)))
    if row is None:
        return None
    locked(row.subscription.account)
    found = plain(api().subscriptions.retrieve(identifier))
    row.refresh_from_db()
    if row.stripe_id != identifier:
        return None
    changed = row.status != found["status"]
    if changed:
        if found["status"] in OVER:
            _told_when_stopped_there(row, found)
        facts: dict[str, Any] = {"items": {}} if found["status"] in OVER else {}
        StripeSubscription.objects.filter(pk=row.pk).update(status=found["status"], **facts, seen_at=timezone.now())
    return changed or changed_there(found)


def changed_there(held: dict[str, Any]) -> bool:
    """Whether it is not as we left it."""
    left = held["metadata"].get(LEFT)
    if not left or held["status"] in OVER:
        return False
    return bool(left != _print(items_there(held), held["cancel_at"]) or not is_quiet(held))


def is_quiet(held: dict[str, Any]) -> bool:
    """Whether Stripe asks nobody for anything by itself."""
    pause = held["pause_collection"] or {}
    return bool(pause.get("behavior") == "void" and held["collection_method"] == "send_invoice")


def items_there(held: dict[str, Any]) -> list[tuple[str, int]]:
    """What each line asks for, under the key that it bears, in order."""
    return sorted((each["metadata"].get("key") or each["id"], _cents(each)) for each in held["items"]["data"])


def lines(items: list[tuple[str, int]]) -> str:
    return ", ".join(f"{key} {euros(cents)}" for key, cents in sorted(items)) or "aucune ligne"


def _begun(subscription: Subscription, what: Wanted, customer: str) -> tuple[StripeSubscription, dict[str, Any]]:
    """A new one at Stripe; or the one that a lost answer was about."""
    name = str(subscription.pk)
    alive = (each for each in every(api().subscriptions, customer=customer) if each["metadata"].get("name") == name)
    found = next(alive, None)
    if found is None:
        anchor = min(what.ends, int((timezone.now() + LONGEST_CYCLE[what.rhythm]).timestamp()))
        items = [
            {"price": _price(key, each, what.rhythm), "metadata": {"key": key}} for key, each in what.items.items()
        ]
        asked = {
            "customer": customer,
            "items": items,
            **SENT,
            "billing_cycle_anchor": anchor,
            "proration_behavior": "none",
            "cancel_at": what.ends,
            "metadata": {"name": name, "commune": subscription.commune_id},
        }
        found = plain(api().subscriptions.create(asked))
    return _noted(subscription, found), found


def _noted(subscription: Subscription, found: dict[str, Any]) -> StripeSubscription:
    facts = {"stripe_id": found["id"], "status": found["status"], "items": {}}
    row, _made = StripeSubscription.objects.update_or_create(subscription=subscription, defaults=facts)
    return row


def _adopted(found: dict[str, Any]) -> StripeSubscription | None:
    """The row of one that was made by a call whose answer we lost."""
    try:
        name = UUID(found["metadata"].get("name", ""))
    except ValueError:
        return None
    others = StripeSubscription.objects.filter(subscription=name).exclude(status__in=OVER)
    subscription = Subscription.objects.filter(pk=name).select_related("account").first()
    if found["status"] in OVER or subscription is None or others.exists():
        return None
    return _noted(subscription, found)


def _brought(held: dict[str, Any], what: Wanted) -> dict[str, Any]:
    """It, once it says what is wanted."""
    changes, left = _changes(held, what), _print(sorted(what.items.items()), what.ends)
    same = held["cancel_at"] == what.ends and held["metadata"].get(LEFT) == left and is_quiet(held)
    if same and not changes:
        return held
    asked: dict[str, Any] = {"items": changes} if changes else {}
    asked |= {"cancel_at": what.ends, "metadata": {LEFT: left}, **QUIET}
    return plain(api().subscriptions.update(held["id"], asked))


def _print(items: list[tuple[str, int]], ends: Any) -> str:
    return sha256(json.dumps([items, ends]).encode()).hexdigest()[:32]


def _alive(row: StripeSubscription | None) -> dict[str, Any] | None:
    if row is None or row.status in OVER:
        return None
    found = plain(api().subscriptions.retrieve(row.stripe_id))
    if found["status"] not in OVER:
        return found
    _told_when_stopped_there(row, found)
    return None


def _ended(row: StripeSubscription) -> StripeSubscription:
    """Nothing is in force: none is at Stripe."""
    held = _alive(row)
    if held is not None:
        _stop(held)
    if row.status != "canceled" or row.items:
        StripeSubscription.objects.filter(pk=row.pk).update(status="canceled", items={}, seen_at=timezone.now())
        row.refresh_from_db()
    return row


def _stop(held: dict[str, Any]) -> None:
    api().subscriptions.cancel(held["id"], {"cancellation_details": {"comment": STOPPED}})


def _told_when_stopped_there(row: StripeSubscription, found: dict[str, Any]) -> None:
    """By somebody there, while what it says is in force here. With its customer, or at its term, it ends by itself."""
    if (found["cancellation_details"] or {}).get("comment") == STOPPED or wanted(row.subscription) is None:
        return
    by_itself = found["cancel_at"] and found["cancel_at"] <= timezone.now().timestamp()
    if by_itself or plain(api().customers.retrieve(found["customer"])).get("deleted"):
        return
    tell(_subject(row), "Il a été arrêté chez Stripe et court ici : nous le refaisons.")


def _subject(row: StripeSubscription) -> str:
    return f"{row.subscription.account.name}, abonnement {row.stripe_id}"


def _changes(held: dict[str, Any], what: Wanted) -> list[dict[str, Any]]:
    """What to ask so that the items are those that are wanted, no more and no less."""
    there: dict[str, dict[str, Any]] = {}
    changes: list[dict[str, Any]] = []
    for item in held["items"]["data"]:
        key = item["metadata"].get("key")
        if key not in what.items or key in there:
            changes.append({"id": item["id"], "deleted": True})
        else:
            there[key] = item
    for key, cents in what.items.items():
        item = there.get(key)
        if item is None:
            changes.append({"price": _price(key, cents, what.rhythm), "metadata": {"key": key}})
        elif _cents(item) != cents or item["price"]["recurring"]["interval"] != INTERVALS[what.rhythm]:
            changes.append({"id": item["id"], "price": _price(key, cents, what.rhythm), "quantity": 1})
    return changes


def _cents(item: dict[str, Any]) -> int:
    return (item["price"]["unit_amount"] or 0) * int(item.get("quantity") or 1)


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
