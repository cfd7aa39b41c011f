"""Prices, pure: no Django, no clock, no database. What is asked of a commune is computed here and nowhere else."""

from billing.prices.book import (
    DEFAULT,
    WHOLE,
    Amounts,
    Pack,
    PriceBook,
    SmsPack,
    Unpriced,
    bracket_of,
    discount_of,
    vat_of,
    vat_rate,
)
from billing.prices.euros import euros, percent
from billing.prices.periods import Period, month_of, periods_of, share, term_of, whole_of, year_of
from billing.prices.pricing import BASE, DISCOUNT, SMS, Item, Price, price, sms_item
from billing.prices.reading import BookError, Fault, as_json, book_from
from billing.prices.rhythm import Rhythm

__all__ = [
    "BASE",
    "DEFAULT",
    "DISCOUNT",
    "SMS",
    "WHOLE",
    "Amounts",
    "BookError",
    "Fault",
    "Item",
    "Pack",
    "Period",
    "Price",
    "PriceBook",
    "Rhythm",
    "SmsPack",
    "Unpriced",
    "as_json",
    "book_from",
    "bracket_of",
    "discount_of",
    "euros",
    "month_of",
    "percent",
    "periods_of",
    "price",
    "share",
    "sms_item",
    "term_of",
    "vat_of",
    "vat_rate",
    "whole_of",
    "year_of",
]
