"""Stripe collects, and does nothing else: amounts, numbers and papers are ours (ADR 6).

What pages need: `offered`, then `setup_url`, `payment_url` and `portal_url`, each the address to send the browser to.
They raise `Unavailable` when Stripe does not answer, `payment_url` also `NothingToPay`.
"""

from billing.collecting.catching import catch_up
from billing.collecting.client import offered
from billing.collecting.customers import mirror
from billing.collecting.errors import NothingToPay, Unavailable
from billing.collecting.events import hear
from billing.collecting.invoices import being_paid, collect, under_way
from billing.collecting.replaying import replay
from billing.collecting.reporting import night
from billing.collecting.sessions import payment_url, portal_url, setup_url
from billing.collecting.subscriptions import mirror_subscription

__all__ = [
    "NothingToPay",
    "Unavailable",
    "being_paid",
    "catch_up",
    "collect",
    "hear",
    "mirror",
    "mirror_subscription",
    "night",
    "offered",
    "payment_url",
    "portal_url",
    "replay",
    "setup_url",
    "under_way",
]
