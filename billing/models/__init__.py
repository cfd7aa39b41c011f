"""Billing's tables, all in the public schema."""

from billing.models.account import Account, Recipient
from billing.models.book import PriceVersion
from billing.models.grant import Grant
from billing.models.invoice import Invoice, InvoiceTerm, Payment
from billing.models.paper import Paper, Sequence
from billing.models.quote import Order, Quote
from billing.models.stripe import StripeDifference, StripeEvent, StripeInvoice, StripePayment, StripeSubscription
from billing.models.subscription import Choice, Notice, Subscription, Term

__all__ = [
    "Account",
    "Choice",
    "Grant",
    "Invoice",
    "InvoiceTerm",
    "Notice",
    "Order",
    "Paper",
    "Payment",
    "PriceVersion",
    "Quote",
    "Recipient",
    "Sequence",
    "StripeDifference",
    "StripeEvent",
    "StripeInvoice",
    "StripePayment",
    "StripeSubscription",
    "Subscription",
    "Term",
]
