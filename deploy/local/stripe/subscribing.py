"""Subscriptions: items, pauses and ends. Their clock moves when `cycle` is called, and never alone."""

from typing import Any

from deploy.local.stripe import invoicing
from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import needed, only, truth, whole
from deploy.local.stripe.state import Stripe, Thing, listed, merged, page

_FACTS: dict[str, Any] = {
    "application": None, "application_fee_percent": None, "billing_cycle_anchor_config": None, "billing_schedules": [],
    "billing_thresholds": None, "cancel_at_period_end": False, "canceled_at": None, "customer_account": None,
    "default_payment_method": None, "default_source": None, "default_tax_rates": [], "discounts": [],
    "ended_at": None, "latest_invoice": None, "next_pending_invoice_item_invoice": None, "on_behalf_of": None,
    "pause_collection": None, "payment_settings": None, "pending_invoice_item_interval": None,
    "pending_setup_intent": None, "pending_update": None, "schedule": None, "test_clock": None, "transfer_data": None,
    "trial_end": None, "trial_settings": None, "trial_start": None, "description": None,
}  # fmt: skip
_OTHERS = ("items", "cancel_at", "collection_method", "days_until_due", "metadata", "description", "proration_behavior")
SECONDS = {"day": 86400, "week": 7 * 86400, "month": 31 * 86400, "year": 366 * 86400}


def create(stripe: Stripe, given: dict[str, Any]) -> Thing:
    """One whose first period begins at once is billed at once, as Stripe does; a later anchor leaves it alone."""
    only(given, *_OTHERS, "customer", "currency", "billing_cycle_anchor", "off_session")
    who = stripe.living("customer", needed(given, "customer"))
    now = stripe.moment()
    anchor = whole(given, "billing_cycle_anchor", now) or now
    made = stripe.make(
        "subscription",
        **_FACTS,
        automatic_tax={"disabled_reason": None, "enabled": False, "liability": None},
        billing_cycle_anchor=anchor,
        billing_mode={"flexible": None, "type": "classic"},
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        cancel_at=whole(given, "cancel_at"),
        collection_method=given.get("collection_method", "charge_automatically"),
        currency="eur",
        customer=who["id"],
        days_until_due=whole(given, "days_until_due"),
        invoice_settings={"account_tax_ids": None, "issuer": {"type": "self"}},
        metadata=merged(None, given.get("metadata")),
        start_date=now,
        status="active",
    )
    try:
        _dated(made, given)
        made["items"] = page([_item(stripe, made, each) for each in needed(given, "items")], "/v1/subscription_items")
        _alike(made)
    except Refused:
        del stripe.held[made["id"]]
        raise
    stripe.event("customer.subscription.created", made)
    if anchor <= now:
        cycle(stripe, made)
    return made


def update(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, *_OTHERS, "pause_collection")
    found = _alive(stripe, identifier)
    _dated(found, given)
    if "cancel_at" in given:
        found["cancel_at"] = whole(given, "cancel_at")
    if "pause_collection" in given:
        pause = given["pause_collection"]
        found["pause_collection"] = {"behavior": pause["behavior"], "resumes_at": None} if pause else None
    for each in given.get("items", []):
        _change(stripe, found, each)
    _alike(found)
    found["collection_method"] = given.get("collection_method", found["collection_method"])
    found["days_until_due"] = whole(given, "days_until_due", found["days_until_due"])
    found["metadata"] = merged(found["metadata"], given.get("metadata"))
    stripe.event("customer.subscription.updated", found)
    return found


def retrieve(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("subscription", identifier)


def every(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "status", "limit", "starting_after", "created")
    found = list(stripe.all("subscription"))
    if "customer" in given:
        found = [each for each in found if each["customer"] == given["customer"]]
    if given.get("status", "") != "all":
        found = [each for each in found if each["status"] != "canceled"]
    return listed(found, given, "/v1/subscriptions")


def cancel(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, "prorate", "invoice_now", "cancellation_details")
    found = _alive(stripe, identifier)
    found["cancellation_details"] |= given.get("cancellation_details", {})
    stop(stripe, found)
    return found


def stop(stripe: Stripe, found: Thing) -> None:
    found["cancellation_details"]["reason"] = "cancellation_requested"
    found |= {"status": "canceled", "canceled_at": stripe.moment(), "ended_at": stripe.moment()}
    stripe.event("customer.subscription.deleted", found)


def cycle(stripe: Stripe, found: Thing) -> Thing:
    """Begin a period: an invoice is made, and voided at once where collection is paused that way."""
    made = invoicing.draft(stripe, found["customer"], found["collection_method"], found["days_until_due"] or 0, {})
    made |= {"billing_reason": "subscription_cycle"}
    made["parent"] = {
        "quote_details": None,
        "subscription_details": {"metadata": dict(found["metadata"]), "subscription": found["id"]},
        "type": "subscription_details",
    }
    for item in found["items"]["data"]:
        invoicing.add(stripe, made, item["price"]["unit_amount"], item["price"]["id"], {})
    stripe.event("invoice.created", made)
    found["latest_invoice"] = made["id"]
    if (found["pause_collection"] or {}).get("behavior") == "void":
        invoicing.finalize(stripe, {}, made["id"])
        invoicing.void(stripe, {}, made["id"])
    return made


def _alive(stripe: Stripe, identifier: str) -> Thing:
    found = stripe.get("subscription", identifier)
    if found["status"] == "canceled":
        message = "A canceled subscription can only update its cancellation_details and metadata."
        raise Refused(message, code="resource_missing", status=404, param="id")
    return found


def _dated(found: Thing, given: dict[str, Any]) -> None:
    if found["collection_method"] == "send_invoice" and found["days_until_due"] is None:
        raise Refused("When collection_method is send_invoice, days_until_due is required.", param="days_until_due")
    if given.get("proration_behavior", "create_prorations") != "none":
        raise Refused("This Stripe makes no prorations: say proration_behavior=none.", param="proration_behavior")


def _alike(found: Thing) -> None:
    """Every item of a subscription has the same period."""
    periods = {each["price"]["recurring"]["interval"] for each in found["items"]["data"]}
    if len(periods) > 1:
        raise Refused("Currency and interval fields must match across all plans on this subscription.", param="items")


def _item(stripe: Stripe, of: Thing, given: dict[str, Any]) -> Thing:
    only(given, "price", "quantity", "metadata")
    price = stripe.living("price", needed(given, "price"))
    if price["type"] != "recurring":
        raise Refused("The price specified is set to type=one_time but this field only accepts recurring prices.")
    start = stripe.moment()
    return stripe.make(
        "subscription_item",
        billing_thresholds=None,
        current_period_start=start,
        current_period_end=start + SECONDS[price["recurring"]["interval"]],
        discounts=[],
        metadata=merged(None, given.get("metadata")),
        plan=_plan(price),
        price=price,
        quantity=whole(given, "quantity", 1),
        subscription=of["id"],
        tax_rates=[],
    )


def _plan(price: Thing) -> Thing:
    """The older shape of a price, which items still hold."""
    return {
        "id": price["id"], "object": "plan", "active": True, "amount": price["unit_amount"], "currency": "eur",
        "amount_decimal": price["unit_amount_decimal"], "billing_scheme": "per_unit", "created": price["created"],
        "interval": price["recurring"]["interval"], "interval_count": price["recurring"]["interval_count"],
        "livemode": False, "metadata": {}, "meter": None, "nickname": None, "product": price["product"],
        "tiers_mode": None, "transform_usage": None, "trial_period_days": None, "usage_type": "licensed",
    }  # fmt: skip


def _change(stripe: Stripe, of: Thing, given: dict[str, Any]) -> None:
    items: list[Thing] = of["items"]["data"]
    if "id" not in given:
        items.append(_item(stripe, of, given))
        return
    only(given, "id", "price", "quantity", "metadata", "deleted")
    held = next((each for each in items if each["id"] == given["id"]), None)
    if held is None:
        raise Refused(f"No such subscription item: {given['id']}", param="items", code="resource_missing")
    if truth(given, "deleted"):
        items.remove(held)
        del stripe.held[held["id"]]
        return
    if "price" in given:
        held["price"] = stripe.living("price", given["price"])
        held["plan"] = _plan(held["price"])
    held["quantity"] = whole(given, "quantity", held["quantity"])
    held["metadata"] = merged(held["metadata"], given.get("metadata"))
