"""Emptying who asked for a quote that nobody ordered, some months after it is over. The quote itself stays."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min, Q

from billing.models import Quote
from billing.queries.days import SUPPLIER_ZONE, supplier_today
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR

FORGET: Final = "billing.forget_contacts"
_NAMED = ~Q(contact_name="") | ~Q(contact_email="") | ~Q(contact_capacity="")


def forgotten_on(quote: Quote) -> date:
    """The day on which who asked for it is forgotten."""
    return _a_year_after(quote.valid_until)


def owe_forgetting(quote: Quote) -> None:
    """In the caller's transaction."""
    with entered(OPERATOR):
        due(FORGET, _moment(quote.valid_until))


@transaction.atomic
def forget_contacts() -> datetime | None:
    """Empty those whose time is over; return when the next one's is."""
    today = supplier_today()
    kept = Quote.objects.filter(_NAMED, order__isnull=True)
    for quote in kept.filter(valid_until__lte=today - timedelta(days=365)).select_for_update(of=("self",)):
        if forgotten_on(quote) <= today:
            _empty(quote)
    eldest: date | None = kept.aggregate(eldest=Min("valid_until"))["eldest"]
    return _moment(eldest) if eldest else None


def _empty(quote: Quote) -> None:
    if quote.made_by == quote.contact_email:
        quote.made_by = ""
    quote.contact_name = quote.contact_capacity = quote.contact_email = ""
    buyer = quote.content.get("paper", {}).get("buyer", {})
    quote.content = {**quote.content, "contact": {"name": "", "capacity": "", "email": ""}}
    if buyer:
        quote.content["paper"] = {**quote.content["paper"], "buyer": {**buyer, "contact": "", "email": ""}}
    quote.save(update_fields=["contact_name", "contact_capacity", "contact_email", "made_by", "content"])


def _a_year_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 2, 28) if leap_day else day.replace(year=day.year + 1)


def _moment(valid_until: date) -> datetime:
    return datetime.combine(_a_year_after(valid_until), time(1), SUPPLIER_ZONE)
