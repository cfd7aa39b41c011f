"""When Stripe is caught up with: once after whatever may have to be told to it, and again on the next day that an
invoice is due. Owed as work of the operator's, which outlives every crash."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models.signals import post_save

from billing.collecting.client import offered
from billing.collecting.customers import KINDS
from billing.models import Account, Choice, Invoice, Payment, Term
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR

CATCH_UP = "stripe.catch_up"


def plan(when: datetime | None = None) -> None:
    """Owe a catching up, in the caller's transaction; nothing without keys."""
    if offered():
        with entered(OPERATOR):
            due(CATCH_UP, when)


def planned(sender: type, instance: Any, **_said: Any) -> None:
    """After something of a payer whom Stripe knows, or must, was written."""
    if offered() and concerns(_PAYERS[sender](instance)):
        plan()


def concerns(account: Account) -> bool:
    return bool(account.stripe_customer) or account.method in KINDS


_PAYERS: dict[type, Callable[[Any], Account]] = {
    Invoice: lambda written: written.account,
    Payment: lambda written: written.invoice.account,
    Term: lambda written: written.subscription.account,
    Choice: lambda written: written.term.subscription.account,
    Account: lambda written: written,
}


def listen() -> None:
    for model in _PAYERS:
        post_save.connect(planned, sender=model, dispatch_uid=f"stripe:{model.__name__}")
