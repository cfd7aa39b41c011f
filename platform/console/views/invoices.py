"""A month's invoices and payments, and all that is late; the totals are those of the rows."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.queries.arrears import late_among, unpaid_by_all
from billing.queries.days import supplier_today
from console.month import Month, invoices_in, month_of, month_read, payments_in

PER_PAGE = 50
ISSUED, RECEIVED, LATE = "", "recu", "retard"


@never_cache
@require_safe
def invoices(request: HttpRequest) -> HttpResponse:
    today = supplier_today()
    first = month_read(request.GET.get("mois", "")) or today.replace(day=1)
    month = month_of(first)
    sort = request.GET.get("vue", "")
    sort = sort if sort in {ISSUED, RECEIVED, LATE} else ISSUED
    page = Paginator(_rows(sort, month, today), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "month": month,
        "sort": sort,
        "page": page,
        "query": f"mois={month.code}&vue={sort}&",
    }
    return render(request, "console/invoices.html", context)


def _rows(sort: str, month: Month, today: date) -> Any:
    if sort == LATE:
        return late_among(unpaid_by_all(), today)
    return payments_in(month.period) if sort == RECEIVED else invoices_in(month.period)
