"""Invoices: made empty, filled, finalized, then paid or voided. None is sent to anybody."""

from typing import Any

from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import needed, only, truth, whole
from deploy.local.stripe.state import Stripe, Thing, listed, merged, page

_INVOICE: dict[str, Any] = {
    "account_country": "FR", "account_name": "Beffroi", "account_tax_ids": None, "amount_overpaid": 0, "amount_paid": 0,
    "amount_paid_off_stripe": 0, "amount_shipping": 0, "application": None, "attempt_count": 0, "attempted": False,
    "automatically_finalizes_at": None, "billing_reason": "manual", "custom_fields": None, "customer_account": None,
    "customer_phone": None, "customer_shipping": None, "customer_tax_exempt": "none", "customer_tax_ids": [],
    "default_payment_method": None, "default_source": None, "default_tax_rates": [], "description": None,
    "discounts": [], "effective_at": None, "ending_balance": None, "footer": None, "from_invoice": None,
    "hosted_invoice_url": None, "invoice_pdf": None, "last_finalization_error": None, "latest_revision": None,
    "next_payment_attempt": None, "number": None, "on_behalf_of": None, "parent": None,
    "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0, "receipt_number": None,
    "rendering": None, "shipping_cost": None, "shipping_details": None, "starting_balance": 0,
    "statement_descriptor": None, "status": "draft", "test_clock": None, "total_discount_amounts": [],
    "total_pretax_credit_amounts": [], "total_taxes": [], "webhooks_delivered_at": None,
}  # fmt: skip
_TRANSITIONS = {"finalized_at": None, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None}
DAY = 86400


def create(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "collection_method", "days_until_due", "auto_advance", "description", "metadata",
         "currency", "pending_invoice_items_behavior", "payment_settings", "footer")  # fmt: skip
    who = stripe.living("customer", needed(given, "customer"))
    method = given.get("collection_method", "charge_automatically")
    days = whole(given, "days_until_due")
    if (method == "send_invoice") != (days is not None):
        raise Refused("days_until_due is needed with send_invoice, and with nothing else.", param="days_until_due")
    if truth(given, "auto_advance"):
        raise Refused("This Stripe's clock does not advance: say auto_advance=false.", param="auto_advance")
    made = draft(stripe, who["id"], method, days or 0, merged(None, given.get("metadata")))
    made["description"] = given.get("description")
    stripe.event("invoice.created", made)
    return made


def draft(stripe: Stripe, customer: str, method: str, days: int, metadata: dict[str, str]) -> Thing:
    who, now = stripe.living("customer", customer), stripe.moment()
    made = stripe.make("invoice", **_INVOICE, auto_advance=False, collection_method=method, metadata=metadata)
    made |= {
        "automatic_tax": {
            "disabled_reason": None,
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        "currency": "eur",
        "customer": customer,
        "customer_address": who["address"],
        "customer_email": who["email"],
        "customer_name": who["name"],
        "due_date": now + days * DAY if method == "send_invoice" else None,
        "issuer": {"type": "self"},
        "lines": page([], f"/v1/invoices/{made['id']}/lines"),
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": now,
        "period_start": now,
        "status_transitions": dict(_TRANSITIONS),
    }
    _sum(made)
    return made


def add_item(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "invoice", "amount", "currency", "description", "metadata", "period", "discountable")
    found = stripe.get("invoice", needed(given, "invoice"))
    if needed(given, "customer") != found["customer"]:
        raise Refused("The customer is not the invoice's.", param="customer")
    cents = whole(given, "amount")
    if cents is None:
        raise Refused("Missing required param: amount.", param="amount", code="parameter_missing")
    return add(stripe, found, cents, given.get("description", ""), merged(None, given.get("metadata")))


def add(stripe: Stripe, found: Thing, cents: int, description: str, metadata: dict[str, str]) -> Thing:
    _draft(found)
    period = {"end": stripe.moment(), "start": stripe.moment()}
    pricing = {"price_details": None, "type": "price_details", "unit_amount_decimal": str(cents)}
    shared = {"amount": cents, "currency": "eur", "description": description, "discountable": True, "discounts": [],
              "invoice": found["id"], "metadata": metadata, "period": period, "pricing": pricing, "quantity": 1,
              "quantity_decimal": "1", "parent": None}  # fmt: skip
    item = stripe.make("invoiceitem", **shared, customer=found["customer"], customer_account=None, date=period["start"],
                       net_amount=cents, proration=False, tax_rates=[], test_clock=None)  # fmt: skip
    item.pop("created")
    line = {"id": stripe.name("line_item"), "object": "line_item", "livemode": False, **shared}
    line |= {"discount_amounts": [], "pretax_credit_amounts": [], "subscription": None, "subtotal": cents, "taxes": []}
    details = {"invoice_item": item["id"], "proration": False, "proration_details": None, "subscription": None}
    line["parent"] = {"invoice_item_details": details, "subscription_item_details": None}
    line["parent"]["type"] = "invoice_item_details"
    found["lines"]["data"].append(line)
    _sum(found)
    stripe.event("invoiceitem.created", item)
    return item


def retrieve(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("invoice", identifier)


def every(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "status", "limit", "starting_after", "created", "subscription")
    found = list(stripe.all("invoice"))
    for name in ("customer", "status"):
        if name in given:
            found = [each for each in found if each[name] == given[name]]
    return listed(found, given, "/v1/invoices")


def finalize(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, "auto_advance")
    found = stripe.get("invoice", identifier)
    _draft(found)
    if found["total"] < 0:
        raise Refused("This one takes no negative invoice.", code="invoice_payment_intent_requires_action")
    count = sum(1 for each in stripe.all("invoice") if each["number"])
    found |= {"number": f"DEMO-{count + 1:04}", "status": "open", "effective_at": stripe.moment()}
    found["hosted_invoice_url"] = f"{stripe.origin}/facture/{identifier}"
    found["status_transitions"]["finalized_at"] = stripe.moment()
    stripe.event("invoice.finalized", found)
    if found["total"] == 0:
        paid(stripe, found)
    return found


def delete(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    found = stripe.get("invoice", identifier)
    _draft(found)
    stripe.event("invoice.deleted", found)
    gone = {"id": identifier, "object": "invoice", "deleted": True}
    del stripe.held[identifier]
    return gone


def void(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    found = stripe.get("invoice", identifier)
    still_open(found, "void")
    found |= {"status": "void", "amount_remaining": 0}
    found["status_transitions"]["voided_at"] = stripe.moment()
    stripe.event("invoice.voided", found)
    return found


def paid(stripe: Stripe, found: Thing, *, elsewhere: bool = False) -> None:
    """Close an invoice: by a payment here, or by one that came another way and is no amount of ours."""
    found |= {"status": "paid", "amount_remaining": 0, "attempted": True}
    found["amount_paid_off_stripe" if elsewhere else "amount_paid"] = found["total"]
    found["status_transitions"]["paid_at"] = stripe.moment()
    stripe.event("invoice.paid", found)


def still_open(found: Thing, act: str) -> None:
    if found["status"] == "paid":
        raise Refused("Invoice is already paid", code="invoice_already_paid")
    if found["status"] != "open":
        raise Refused(
            f"You can only {act} an open invoice; this one is {found['status']}.", code="invoice_not_editable"
        )


def _draft(found: Thing) -> None:
    if found["status"] != "draft":
        message = f"This invoice is no longer editable: its status is {found['status']}."
        raise Refused(message, code="invoice_not_editable", param="invoice")


def _sum(found: Thing) -> None:
    total = sum(line["amount"] for line in found["lines"]["data"])
    found |= dict.fromkeys(("amount_due", "amount_remaining", "subtotal", "subtotal_excluding_tax", "total"), total)
    found["total_excluding_tax"] = total
