"""Customers, their means of payment and mandates."""

from typing import Any

from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import needed, only
from deploy.local.stripe.state import Stripe, Thing, listed, merged

_CUSTOMER: dict[str, Any] = {
    "address": None, "balance": 0, "currency": None, "default_source": None, "delinquent": False, "description": None,
    "discount": None, "email": None, "invoice_prefix": "DEMO", "name": None, "next_invoice_sequence": 1, "phone": None,
    "preferred_locales": [], "shipping": None, "tax_exempt": "none", "test_clock": None, "customer_account": None,
}  # fmt: skip
_SETTINGS = {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None}
_NAMES = ("name", "email", "description", "address", "metadata", "preferred_locales", "tax_exempt", "phone")


def create(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, *_NAMES)
    facts = _CUSTOMER | {"invoice_settings": dict(_SETTINGS), "metadata": merged(None, given.get("metadata"))}
    facts |= {name: given[name] or None for name in _NAMES if name in given and name != "metadata"}
    made = stripe.make("customer", **facts)
    stripe.event("customer.created", made)
    return made


def update(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, *_NAMES)
    found = stripe.living("customer", identifier)
    found |= {name: given[name] or None for name in _NAMES if name in given and name != "metadata"}
    found["metadata"] = merged(found["metadata"], given.get("metadata"))
    stripe.event("customer.updated", found)
    return found


def retrieve(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("customer", identifier)


def every(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "limit", "starting_after", "email", "created")
    found = [each for each in stripe.all("customer") if not each.get("deleted")]
    if "email" in given:
        found = [each for each in found if each["email"] == given["email"]]
    return listed(found, given, "/v1/customers")


def delete(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    """Its subscriptions end with it, and its means of payment are gone."""
    found = stripe.living("customer", identifier)
    for method in list(stripe.all("payment_method", customer=identifier)):
        detach(stripe, {}, method["id"])
    for each in stripe.all("subscription", customer=identifier):
        if each["status"] != "canceled":
            each |= {"status": "canceled", "ended_at": stripe.moment(), "canceled_at": stripe.moment()}
            stripe.event("customer.subscription.deleted", each)
    stripe.event("customer.deleted", found)
    gone = {"id": identifier, "object": "customer", "deleted": True}
    stripe.held[identifier] = gone
    return gone


def methods(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, "limit", "starting_after", "type")
    stripe.living("customer", identifier)
    found = list(stripe.all("payment_method", customer=identifier))
    if "type" in given:
        found = [each for each in found if each["type"] == given["type"]]
    return listed(found, given, f"/v1/customers/{identifier}/payment_methods")


def method(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("payment_method", identifier)


def detach(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    found = stripe.get("payment_method", identifier)
    if found["customer"] is None:
        message = "The payment method you provided is not attached to a customer so detachment is impossible."
        raise Refused(message)
    found["customer"] = None
    stripe.event("payment_method.detached", found)
    return found


def mandate(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("mandate", identifier)


def setup(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("setup_intent", identifier)


def setups(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "limit", "starting_after", "customer", "created")
    found = list(stripe.all("setup_intent", customer=needed(given, "customer")))
    return listed(found, given, "/v1/setup_intents")


def give(stripe: Stripe, customer: str, kind: str, last4: str) -> Thing:
    """Attach a new means of payment; what comes of its debits is told by its last digits (see `paying`)."""
    who = stripe.living("customer", customer)
    details: dict[str, Any] = {"last4": last4, "fingerprint": f"{kind}{last4}", "country": "FR"}
    if kind == "sepa_debit":
        details |= {"bank_code": "20041", "branch_code": "01005"}
        details["generated_from"] = {"charge": None, "setup_attempt": None}
    else:
        details |= {"brand": "visa", "display_brand": "visa", "exp_month": 12, "exp_year": 2034, "funding": "debit"}
    billing = {"address": who["address"], "email": who["email"], "name": who["name"], "phone": None, "tax_id": None}
    made = stripe.make(
        "payment_method",
        allow_redisplay="limited",
        billing_details=billing,
        customer=customer,
        customer_account=None,
        metadata={},
        type=kind,
        **{kind: details},
    )
    stripe.event("payment_method.attached", made)
    return made


def mandated(stripe: Stripe, method: Thing) -> Thing:
    """The mandate that a debtor signs, with its reference."""
    made = stripe.make(
        "mandate",
        customer_acceptance={
            "accepted_at": stripe.moment(),
            "online": {"ip_address": None, "user_agent": None},
            "type": "online",
        },
        multi_use={},
        payment_method=method["id"],
        payment_method_details={
            "sepa_debit": {"reference": f"DEMO{stripe.chance.randrange(10**8):08}", "url": f"{stripe.origin}/mandat"},
            "type": "sepa_debit",
        },
        status="active",
        type="multi_use",
    )
    made.pop("created")
    return made


def revoke(stripe: Stripe, mandate: Thing) -> None:
    """The debtor's bank tells that the mandate holds no more."""
    mandate["status"] = "inactive"
    stripe.event("mandate.updated", mandate)
