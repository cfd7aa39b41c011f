"""Payments, and what becomes of them: SEPA debits take days, cards none; both may come back.

The last digits of a means of payment say what its debits give: 0002 and 2607 are refused, others paid.
"""

from typing import Any

from deploy.local.stripe import invoicing
from deploy.local.stripe.errors import Refused, declined
from deploy.local.stripe.forms import needed, only, truth, whole
from deploy.local.stripe.state import Stripe, Thing, listed, merged

REFUSED = ("0002", "2607")
_INTENT: dict[str, Any] = {
    "hooks": None, "payment_details": None, "payment_record": None,
    "amount_capturable": 0, "amount_details": {"tip": {}}, "application": None, "application_fee_amount": None,
    "automatic_payment_methods": None, "canceled_at": None, "cancellation_reason": None, "capture_method": "automatic",
    "client_secret": None, "confirmation_method": "automatic", "customer_account": None, "description": None,
    "excluded_payment_method_types": None, "last_payment_error": None, "latest_charge": None, "next_action": None,
    "on_behalf_of": None, "payment_method_configuration_details": None, "payment_method_options": {},
    "processing": None, "receipt_email": None, "review": None, "setup_future_usage": None, "shipping": None,
    "source": None, "statement_descriptor": None, "statement_descriptor_suffix": None, "transfer_data": None,
    "transfer_group": None,
}  # fmt: skip


def pay_invoice(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, "payment_method", "paid_out_of_band", "off_session")
    found = stripe.get("invoice", identifier)
    invoicing.still_open(found, "pay")
    if truth(given, "paid_out_of_band"):
        invoicing.paid(stripe, found, elsewhere=True)
        return found
    if any(each["status"] == "processing" for each in _intents(stripe, found)):
        raise Refused("This invoice has a payment that is being processed.", code="payment_intent_unexpected_state")
    method = stripe.get("payment_method", needed(given, "payment_method"))
    if method["customer"] != found["customer"]:
        raise Refused("The payment method is not attached to the customer.", param="payment_method")
    made = intent(stripe, found["customer"], found["total"], {}, method["type"])
    requested = {"amount_requested": found["total"], "amount_paid": None, "currency": "eur", "is_default": True}
    payment = {"payment_intent": made["id"], "type": "payment_intent"}
    stripe.make("invoice_payment", **requested, invoice=found["id"], payment=payment, status="open",
                status_transitions={"canceled_at": None, "paid_at": None})  # fmt: skip
    found |= {"attempt_count": found["attempt_count"] + 1, "attempted": True}
    confirm(stripe, made, method)
    if made["status"] == "requires_payment_method":
        raise declined(made["last_payment_error"]["code"], payment_intent=made)
    return found


def intent(stripe: Stripe, customer: str, cents: int, metadata: dict[str, str], kind: str) -> Thing:
    made = stripe.make("payment_intent", **_INTENT, amount=cents, amount_received=0, currency="eur", customer=customer,
                       metadata=metadata, payment_method=None, payment_method_types=[kind])  # fmt: skip
    made["status"] = "requires_payment_method"
    stripe.event("payment_intent.created", made)
    return made


def confirm(stripe: Stripe, found: Thing, method: Thing) -> None:
    found["payment_method"] = method["id"]
    if method["type"] == "sepa_debit":
        found["status"] = "processing"
        stripe.event("payment_intent.processing", found)
    else:
        settle(stripe, found, paid=method["card"]["last4"] not in REFUSED)


def settle(stripe: Stripe, found: Thing, *, paid: bool) -> None:
    """What the bank says of it at last."""
    kind = found["payment_method_types"][0]
    charge = stripe.make("charge", amount=found["amount"], amount_refunded=0, captured=paid, currency="eur",
                         customer=found["customer"], disputed=False, metadata={}, paid=paid, refunded=False,
                         payment_intent=found["id"], payment_method=found["payment_method"],
                         status="succeeded" if paid else "failed")  # fmt: skip
    found["latest_charge"] = charge["id"]
    if not paid:
        code = "card_declined" if kind == "card" else "debit_not_authorized"
        found |= {"status": "requires_payment_method", "last_payment_error": {"code": code, "message": code}}
        stripe.event("payment_intent.payment_failed", found)
    else:
        found |= {"status": "succeeded", "amount_received": found["amount"], "last_payment_error": None}
        stripe.event("payment_intent.succeeded", found)
    stripe.event("charge.succeeded" if paid else "charge.failed", charge)
    _tell_invoice(stripe, found, paid)
    for session in stripe.all("checkout.session", payment_intent=found["id"], status="complete"):
        session["payment_status"] = "paid" if paid else "unpaid"
        if kind == "sepa_debit":
            ending = "succeeded" if paid else "failed"
            stripe.event(f"checkout.session.async_payment_{ending}", session)


def _tell_invoice(stripe: Stripe, found: Thing, paid: bool) -> None:
    for each in stripe.all("invoice_payment"):
        if each["payment"]["payment_intent"] != found["id"]:
            continue
        invoice = stripe.get("invoice", each["invoice"])
        if not paid:
            stripe.event("invoice.payment_failed", invoice)
            continue
        each |= {"status": "paid", "amount_paid": found["amount"]}
        each["status_transitions"]["paid_at"] = stripe.moment()
        stripe.event("invoice_payment.paid", each)
        if invoice["status"] == "open":
            invoicing.paid(stripe, invoice)


def settle_all(stripe: Stripe, before: float | None = None) -> int:
    """Settle the debits begun before a moment, as their accounts say."""
    waiting = [
        each for each in stripe.all("payment_intent", status="processing") if each["created"] <= (before or 1e12)
    ]
    for each in waiting:
        method = stripe.get("payment_method", each["payment_method"])
        settle(stripe, each, paid=method["sepa_debit"]["last4"] not in REFUSED)
    return len(waiting)


def refund(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "payment_intent", "amount", "reason", "metadata")
    found = stripe.get("payment_intent", needed(given, "payment_intent"))
    charge = stripe.get("charge", found["latest_charge"])
    cents = whole(given, "amount", charge["amount"] - charge["amount_refunded"]) or 0
    if not charge["paid"] or not 0 < cents <= charge["amount"] - charge["amount_refunded"]:
        raise Refused("Refund amount is greater than unrefunded amount on charge", code="charge_already_refunded")
    charge["amount_refunded"] += cents
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    made = stripe.make("refund", amount=cents, balance_transaction=None, charge=charge["id"], currency="eur",
                       metadata=merged(None, given.get("metadata")), payment_intent=found["id"], reason=None,
                       receipt_number=None, source_transfer_reversal=None, status="succeeded",
                       transfer_reversal=None)  # fmt: skip
    stripe.event("refund.created", made)
    stripe.event("charge.refunded", charge)
    return made


def fail_refund(stripe: Stripe, found: Thing) -> None:
    """The bank sends the money back: it is ours again."""
    charge = stripe.get("charge", found["charge"])
    charge |= {"amount_refunded": charge["amount_refunded"] - found["amount"], "refunded": False}
    found |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
    stripe.event("refund.failed", found)


def dispute(stripe: Stripe, found: Thing) -> Thing:
    """The debtor contests: a SEPA debit is given back without a word, a card's payment is argued."""
    sepa = found["payment_method_types"][0] == "sepa_debit"
    charge = stripe.get("charge", found["latest_charge"])
    charge["disputed"] = True
    made = stripe.make("dispute", amount=found["amount"], balance_transactions=[], charge=charge["id"], currency="eur",
                       evidence={}, evidence_details={}, enhanced_eligibility_types=[], is_charge_refundable=False,
                       metadata={}, payment_intent=found["id"], payment_method_details=None,
                       reason="debit_not_authorized" if sepa else "fraudulent",
                       status="lost" if sepa else "needs_response")  # fmt: skip
    stripe.event("charge.dispute.created", made)
    stripe.event("charge.dispute.funds_withdrawn", made)
    return made


def close(stripe: Stripe, found: Thing, *, won: bool) -> None:
    found["status"] = "won" if won else "lost"
    if won:
        stripe.event("charge.dispute.funds_reinstated", found)
    stripe.event("charge.dispute.closed", found)


def retrieve(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("payment_intent", identifier)


def charge(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("charge", identifier)


def intents(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "customer", "limit", "starting_after", "created")
    found = list(stripe.all("payment_intent", **{"customer": given["customer"]} if "customer" in given else {}))
    return listed(found, given, "/v1/payment_intents")


def retrieve_refund(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("refund", identifier)


def retrieve_dispute(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("dispute", identifier)


def refunds(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "payment_intent", "limit", "starting_after", "created")
    return listed(list(stripe.all("refund", payment_intent=given.get("payment_intent"))), given, "/v1/refunds")


def disputes(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "payment_intent", "limit", "starting_after", "created")
    return listed(list(stripe.all("dispute", payment_intent=given.get("payment_intent"))), given, "/v1/disputes")


def invoice_payments(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "invoice", "payment", "status", "limit", "starting_after")
    found = list(stripe.all("invoice_payment"))
    if "invoice" in given:
        found = [each for each in found if each["invoice"] == given["invoice"]]
    if "payment" in given:
        found = [each for each in found if each["payment"]["payment_intent"] == given["payment"]["payment_intent"]]
    return listed(found, given, "/v1/invoice_payments")


def _intents(stripe: Stripe, invoice: Thing) -> list[Thing]:
    held = stripe.all("invoice_payment", invoice=invoice["id"])
    return [stripe.get("payment_intent", each["payment"]["payment_intent"]) for each in held]
