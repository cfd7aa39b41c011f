"""Stripe collects, and does nothing else: amounts, numbers and papers are ours (ADR 6).

What pages need: `offered`, then `setup_url`, `payment_url` and `portal_url`, each the address to send the browser to.
They raise `Unavailable` when Stripe does not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing.models import Account, Invoice


class Unavailable(Exception):
    """Stripe did not answer, or said no; the same act may be tried again later."""


def offered() -> bool:
    """Whether the operator has Stripe's keys; without them all but online payment works."""
    return False


def setup_url(account: Account, return_url: str) -> str:
    """Where a mandate of SEPA debit or a card is given, to pay this account's invoices when they are due."""
    raise Unavailable


def payment_url(invoice: Invoice, return_url: str) -> str:
    """Where one invoice is paid now. Raises ValueError when nothing is left to pay."""
    raise Unavailable


def portal_url(account: Account, return_url: str) -> str:
    """Where the means of payment given at Stripe is looked at and taken back; only for who gave one."""
    raise Unavailable
