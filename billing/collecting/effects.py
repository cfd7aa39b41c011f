"""What an event is about, and bringing our rows to what Stripe says of it now. What the event itself holds is believed
for names only: it may be late, and things moved since."""

from collections.abc import Callable
from typing import Any

import stripe

from billing.collecting.client import api, plain
from billing.collecting.customers import MISSING, adopted, follow
from billing.collecting.locking import payer_of
from billing.collecting.money import bring_invoice, bring_payment
from billing.collecting.subscriptions import bring_subscription
from billing.models import Account
from billing.models.stripe import Outcome

Changed = bool | None


def effect(thing: dict[str, Any], before: dict[str, Any]) -> Outcome:
    """`before` is what the event says that the object was, where it says so."""
    bring = _BRINGS.get(str(thing.get("object")))
    if bring is None:
        return Outcome.IGNORED
    try:
        changed = bring(thing, before)
    except stripe.InvalidRequestError as error:
        if error.code != MISSING:
            raise
        return Outcome.SAME  # it is gone since, and what it did is told by others
    if changed is None:
        return Outcome.STRANGER
    return Outcome.DONE if changed else Outcome.SAME


def _customer(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    if payer_of(thing["id"]) is None and (payer := adopted(thing["id"])):
        follow(payer)
        return True
    return _follow(thing["id"])


def _means(thing: dict[str, Any], before: dict[str, Any]) -> Changed:
    """Taken back, it names its customer no more."""
    holder = Account.objects.filter(stripe_payment_method=thing["id"]).first()
    if holder is not None:
        return follow(holder)
    customer = thing.get("customer") or before.get("customer")
    return _follow(customer) if customer else False


def _set_up(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    return _follow(thing.get("customer"))


def _session(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    found = plain(api().checkout.sessions.retrieve(thing["id"]))
    return bring_payment(found["payment_intent"]) if found["payment_intent"] else _follow(found["customer"])


def _mandate(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    """A mandate that holds no more pays nothing: its means of payment is taken off."""
    found = plain(api().mandates.retrieve(thing["id"]))
    holder = Account.objects.filter(stripe_payment_method=found["payment_method"]).first()
    means = plain(api().payment_methods.retrieve(found["payment_method"]))
    if found["status"] == "inactive" and means["customer"] and (holder or payer_of(means["customer"])):
        api().payment_methods.detach(means["id"])
    if holder is not None:
        return follow(holder)
    return _follow(means["customer"]) if means["customer"] else False


def _payment(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    return bring_payment(thing["id"])


def _of_payment(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    """A charge, a refund or a dispute."""
    identifier = thing.get("payment_intent")
    return bring_payment(identifier) if identifier else None


def _invoice(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    return bring_invoice(thing["id"])


def _invoice_payment(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    return bring_invoice(thing["invoice"])


def _subscription(thing: dict[str, Any], _before: dict[str, Any]) -> Changed:
    return bring_subscription(thing["id"])


def _follow(customer: object) -> Changed:
    account = payer_of(customer)
    return None if account is None else follow(account)


_BRINGS: dict[str, Callable[[dict[str, Any], dict[str, Any]], Changed]] = {
    "customer": _customer,
    "payment_method": _means,
    "setup_intent": _set_up,
    "checkout.session": _session,
    "mandate": _mandate,
    "payment_intent": _payment,
    "charge": _of_payment,
    "refund": _of_payment,
    "dispute": _of_payment,
    "invoice": _invoice,
    "invoice_payment": _invoice_payment,
    "subscription": _subscription,
}
