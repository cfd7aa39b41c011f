"""What a month asked for and brought."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from billing.models import Invoice, Payment
from billing.prices import Period
from billing.prices import month_of as calendar_month
from billing.queries.arrears import late_among, unpaid_by_all
from billing.queries.days import supplier_today
from core.web.french import MONTHS


@dataclass(frozen=True, slots=True)
class Month:
    """Cents including VAT: invoices less credit notes, what was received less what was given back, all that is late."""

    period: Period
    invoiced: int
    received: int
    late: int

    @property
    def label(self) -> str:
        return f"{MONTHS[self.period.first.month - 1]} {self.period.first.year}"

    @property
    def code(self) -> str:
        return f"{self.period.first:%Y-%m}"

    @property
    def before(self) -> str:
        return f"{self.period.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        following = self.period.last + timedelta(days=1)
        return f"{following:%Y-%m}" if following <= supplier_today() else ""


def month_of(day: date) -> Month:
    period = calendar_month(day)
    asked = invoices_in(period).aggregate(net=Sum("net"), vat=Sum("vat"))
    received = payments_in(period).aggregate(cents=Sum("cents"))["cents"]
    late = sum(each.cents for each in late_among(unpaid_by_all(), supplier_today()))
    return Month(period, (asked["net"] or 0) + (asked["vat"] or 0), received or 0, late)


def month_read(code: str) -> date | None:
    """« 2026-11 », None for what is no month that may be shown."""
    year, dash, month = code.partition("-")
    if not (dash and code.isascii() and year.isdigit() and month.isdigit() and len(code) <= 7):
        return None
    return date(int(year), int(month), 1) if 2020 <= int(year) <= 2100 and 1 <= int(month) <= 12 else None


def invoices_in(period: Period) -> QuerySet[Invoice]:
    rows = Invoice.objects.filter(issued_on__range=(period.first, period.last)).select_related("account")
    return rows.defer("content", "parts").order_by("issued_on", "number")


def payments_in(period: Period) -> QuerySet[Payment]:
    rows = Payment.objects.filter(received_on__range=(period.first, period.last))
    return (
        rows.select_related("invoice__account")
        .defer("invoice__content", "invoice__parts")
        .order_by("received_on", "recorded_at")
    )
