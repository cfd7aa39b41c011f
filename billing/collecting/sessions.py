"""The pages of Stripe's that a browser is sent to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe

from billing.collecting.client import api, plain
from billing.collecting.customers import KINDS, mirror
from billing.collecting.errors import NothingToPay, Unavailable
from billing.collecting.invoices import being_paid, expire_pages, learn_of_pages, left_of
from billing.models import Account, Invoice


def setup_url(account: Account, return_url: str, cancel_url: str = "") -> str:
    """Where a mandate of SEPA debit or a card is given, to pay this account's invoices when they are due. Who gives up
    there comes back to `cancel_url`."""
    with _answering():
        named = {"account": str(account.pk)}
        asked = {"mode": "setup", "customer": mirror(account), "metadata": named}
        return _page({**asked, "setup_intent_data": {"metadata": named}}, return_url, cancel_url)


def payment_url(invoice: Invoice, return_url: str, cancel_url: str = "") -> str:
    """Where one invoice is paid now. Raises NothingToPay when it is paid, cancelled or being paid, even if nobody told
    us yet."""
    _asked_for(invoice)
    with _answering():
        customer = mirror(invoice.account)
        expire_pages(invoice)
        learn_of_pages(invoice)
        cents = _asked_for(invoice)
        named = {"invoice": str(invoice.pk), "number": invoice.number}
        sold = {"currency": "eur", "unit_amount": cents, "product_data": {"name": f"Facture {invoice.number}"}}
        asked: dict[str, Any] = {"mode": "payment", "customer": customer, "metadata": named}
        asked |= {"payment_intent_data": {"metadata": named}, "line_items": [{"price_data": sold, "quantity": 1}]}
        return _page(asked, return_url, cancel_url)


def _asked_for(invoice: Invoice) -> int:
    """Cents. Raises NothingToPay."""
    cents = left_of(invoice)
    if cents <= 0 or being_paid(invoice):
        raise NothingToPay(invoice.number)
    return cents


def portal_url(account: Account, return_url: str) -> str:
    """Where the means of payment given at Stripe is looked at and taken back; only for who gave one."""
    if not account.stripe_customer:
        raise Unavailable("no customer yet")
    with _answering():
        asked = {"customer": account.stripe_customer, "return_url": return_url, "locale": "fr"}
        return str(plain(api().billing_portal.sessions.create(asked))["url"])


def _page(asked: dict[str, Any], return_url: str, cancel_url: str) -> str:
    urls = {"success_url": return_url, "cancel_url": cancel_url or return_url, "locale": "fr"}
    return str(plain(api().checkout.sessions.create({**asked, **urls, "payment_method_types": list(KINDS)}))["url"])


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except stripe.StripeError as error:
        raise Unavailable(type(error).__name__) from error
