"""The pages that a browser is sent to: setting a means of payment up, paying, and the customer's own page."""

from typing import Any

from deploy.local.stripe import paying, people
from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import needed, only, whole
from deploy.local.stripe.state import Stripe, Thing, listed, merged

_SESSION: dict[str, Any] = {
    "adaptive_pricing": None, "after_expiration": None, "allow_promotion_codes": None,
    "billing_address_collection": None,
    "branding_settings": None, "client_secret": None, "collected_information": None, "consent": None,
    "consent_collection": None, "currency_conversion": None, "custom_fields": [], "customer_account": None,
    "customer_creation": None, "customer_details": None, "customer_email": None, "discounts": None, "invoice": None,
    "invoice_creation": None, "origin_context": None, "payment_intent": None, "payment_link": None,
    "payment_method_collection": None, "payment_method_configuration_details": None, "payment_method_options": {},
    "permissions": None, "recovered_from": None, "saved_payment_method_options": None,
    "shipping_address_collection": None, "shipping_cost": None, "shipping_options": [], "submit_type": None,
    "subscription": None, "total_details": None, "ui_mode": "hosted_page", "wallet_options": None,
}  # fmt: skip
KINDS = ("card", "sepa_debit")
DAY = 86400


def create(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "mode", "customer", "success_url", "cancel_url", "payment_method_types", "line_items", "locale",
         "payment_intent_data", "setup_intent_data", "metadata", "currency", "client_reference_id")  # fmt: skip
    mode = needed(given, "mode")
    if mode not in ("setup", "payment"):
        raise Refused("Invalid mode: this Stripe sets up and is paid.", param="mode")
    who = stripe.living("customer", needed(given, "customer"))
    kinds = list(needed(given, "payment_method_types"))
    if not kinds or any(kind not in KINDS for kind in kinds):
        raise Refused("Invalid payment_method_types", param="payment_method_types")
    made = stripe.make(
        "checkout.session",
        **_SESSION,
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        cancel_url=given.get("cancel_url"),
        client_reference_id=given.get("client_reference_id"),
        currency="eur",
        custom_text={"after_submit": None, "shipping_address": None, "submit": None,
                     "terms_of_service_acceptance": None},
        customer=who["id"],
        expires_at=stripe.moment() + DAY,
        locale=given.get("locale"),
        metadata=merged(None, given.get("metadata")),
        mode=mode,
        payment_method_types=kinds,
        payment_status="unpaid" if mode == "payment" else "no_payment_required",
        phone_number_collection={"enabled": False},
        setup_intent=None,
        status="open",
        success_url=needed(given, "success_url"),
    )  # fmt: skip
    made["url"] = f"{stripe.origin}/session/{made['id']}"
    cents = _total(given.get("line_items", [])) if mode == "payment" else None
    made |= {"amount_subtotal": cents, "amount_total": cents}
    made["kept"] = _kept(given, mode)
    if mode == "setup":
        made["setup_intent"] = _setup(stripe, made)["id"]
    return made


def _kept(given: dict[str, Any], mode: str) -> dict[str, str]:
    data = given.get("payment_intent_data" if mode == "payment" else "setup_intent_data", {})
    return merged(None, data.get("metadata"))


def _total(items: list[Thing]) -> int:
    total = 0
    for item in items:
        cents = whole(item.get("price_data", {}), "unit_amount")
        if cents is None or cents <= 0:
            raise Refused("Invalid positive integer", param="line_items[0][price_data][unit_amount]")
        total += cents * (whole(item, "quantity", 1) or 1)
    if total <= 0:
        raise Refused("line_items are needed in payment mode", param="line_items", code="parameter_missing")
    return total


def _setup(stripe: Stripe, session: Thing) -> Thing:
    made = stripe.make(
        "setup_intent", application=None, automatic_payment_methods=None, cancellation_reason=None, client_secret=None,
        customer=session["customer"], customer_account=None, description=None, excluded_payment_method_types=None,
        flow_directions=None, last_setup_error=None, latest_attempt=None, mandate=None, metadata=session["kept"],
        next_action=None, on_behalf_of=None, payment_method=None, payment_method_configuration_details=None,
        payment_method_options={}, payment_method_types=session["payment_method_types"], single_use_mandate=None,
        status="requires_payment_method", usage="off_session",
    )  # fmt: skip
    stripe.event("setup_intent.created", made)
    return made


def retrieve(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("checkout.session", identifier)


def every(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "status", "limit", "starting_after", "created", "payment_intent")
    names = [name for name in ("customer", "status", "payment_intent") if name in given]
    found = list(stripe.all("checkout.session", **{name: given[name] for name in names}))
    return listed(found, given, "/v1/checkout/sessions")


def expire(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    found = stripe.get("checkout.session", identifier)
    _open(found)
    found |= {"status": "expired", "url": None}
    stripe.event("checkout.session.expired", found)
    return found


def complete(stripe: Stripe, found: Thing, kind: str, last4: str) -> bool:
    """What the person's click does; whether the means of payment was taken."""
    _open(found)
    if found["mode"] == "setup":
        return _set_up(stripe, found, kind, last4)
    if last4 in paying.REFUSED and kind == "card":
        made = paying.intent(stripe, found["customer"], found["amount_total"], found["kept"], kind)
        made |= {"last_payment_error": {"code": "card_declined", "message": "card_declined"}}
        stripe.event("payment_intent.payment_failed", made)
        return False
    method = people.give(stripe, found["customer"], kind, last4)
    method["customer"] = None  # it serves once
    made = paying.intent(stripe, found["customer"], found["amount_total"], found["kept"], kind)
    found |= {"payment_intent": made["id"], "status": "complete", "url": None}
    paying.confirm(stripe, made, method)
    stripe.event("checkout.session.completed", found)
    return True


def _set_up(stripe: Stripe, found: Thing, kind: str, last4: str) -> bool:
    setup = stripe.get("setup_intent", found["setup_intent"])
    if last4 in paying.REFUSED and kind == "card":
        setup["last_setup_error"] = {"code": "card_declined", "message": "card_declined"}
        stripe.event("setup_intent.setup_failed", setup)
        return False
    method = people.give(stripe, found["customer"], kind, last4)
    setup |= {"payment_method": method["id"], "status": "succeeded"}
    if kind == "sepa_debit":
        setup["mandate"] = people.mandated(stripe, method)["id"]
    found |= {"status": "complete", "url": None}
    stripe.event("setup_intent.succeeded", setup)
    stripe.event("checkout.session.completed", found)
    return True


def _open(found: Thing) -> None:
    if found["status"] != "open":
        raise Refused('Only Checkout Sessions with a status in ["open"] can be used.', param="session")


def portal(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "return_url", "locale", "configuration")
    who = stripe.living("customer", needed(given, "customer"))
    made = stripe.make("billing_portal.session", after_expiration=None,
                       configuration="bpc_demo", customer=who["id"], customer_account=None,
                       flow=None, locale=given.get("locale"), on_behalf_of=None,
                       return_url=given.get("return_url"))  # fmt: skip
    made["url"] = f"{stripe.origin}/portail/{made['id']}"
    return made
