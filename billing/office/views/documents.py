"""Quotes, orders, invoices and credit notes: a list, and each as the file that was issued."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.models import Invoice, Order, Paper, Quote
from billing.office.here import Ours, with_ours
from billing.office.listing import KINDS, lines, rows
from core.web.spreadsheet import download

PAGE = 25
PDF = "application/pdf"


@never_cache
@require_safe
@with_ours
def documents(request: HttpRequest, ours: Ours) -> HttpResponse:
    kind = request.GET.get("genre", "")
    kind = kind if kind in KINDS else ""
    context: dict[str, Any] = {"ours": ours, "kind": kind, "query": f"genre={kind}&" if kind else ""}
    if ours.account:
        page = Paginator(rows(ours.account, kind), PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": lines(page, timezone.localdate())}
    return render(request, "billing/office/documents.html", context)


@never_cache
@require_safe
@with_ours
def invoice_file(request: HttpRequest, ours: Ours, invoice: UUID) -> HttpResponse:
    return _sent(Invoice.objects.filter(pk=invoice, account=ours.account), "paper")


@never_cache
@require_safe
@with_ours
def quote_file(request: HttpRequest, ours: Ours, quote: UUID) -> HttpResponse:
    return _sent(Quote.objects.filter(pk=quote, account=ours.account), "paper")


@never_cache
@require_safe
@with_ours
def deliberation_file(request: HttpRequest, ours: Ours, quote: UUID) -> HttpResponse:
    return _sent(Quote.objects.filter(pk=quote, account=ours.account), "deliberation")


@never_cache
@require_safe
@with_ours
def order_file(request: HttpRequest, ours: Ours, order: UUID) -> HttpResponse:
    return _sent(Order.objects.filter(pk=order, quote__account=ours.account), "paper")


@never_cache
@require_safe
@with_ours
def signed_file(request: HttpRequest, ours: Ours, order: UUID) -> HttpResponse:
    return _sent(Order.objects.filter(pk=order, quote__account=ours.account), "signed")


def _sent(found: QuerySet[Any], field: str) -> HttpResponse:
    """A paper of this account, to be kept; what is another's is not there."""
    paper = Paper.objects.filter(pk__in=found.values(f"{field}_id")).first()
    if paper is None:
        raise Http404(field)
    return download(paper.name, bytes(paper.content), PDF)
