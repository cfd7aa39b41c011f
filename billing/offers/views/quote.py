"""A quote at its secret address: what it says, its papers, and what became of it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.actions.quoting import DAY, Overlaps
from billing.models import Invoice, Paper, Quote
from billing.offers import actions
from billing.offers.limits import too_many_renewals
from billing.offers.secret import secret
from billing.offers.showing import is_over, page_of
from billing.prices import Unpriced
from billing.queries.books import NoPrices
from core.media.sending import SANDBOX, disposition
from core.web.french import day


@secret
@require_safe
def shown(request: HttpRequest, quote: UUID) -> HttpResponse:
    return render(request, "offers/quote.html", page_of(found(quote)))


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The same choice at today's price, once the quote is over."""
    old = found(quote)
    if request.method != "POST" or not is_over(old) or hasattr(old, "order"):
        return redirect("quote", quote)
    if too_many_renewals(request):
        return render(request, "offers/quote.html", page_of(old) | {"too_many": True}, status=429)
    try:
        return redirect("quote", actions.renew(old).pk)
    except Overlaps as error:
        refused = _("Des jours de ce devis sont déjà commandés, jusqu’au %s.") % day(error.free_from - DAY)
    except (Unpriced, NoPrices):
        refused = _("Un module de ce devis ne se vend plus.")
    return render(request, "offers/quote.html", page_of(old) | {"refused": refused}, status=409)


@secret
@require_safe
def paper(request: HttpRequest, quote: UUID) -> HttpResponse:
    return file(found(quote).paper)


@secret
@require_safe
def deliberation(request: HttpRequest, quote: UUID) -> HttpResponse:
    return file(found(quote).deliberation)


@secret
@require_safe
def confirmation(request: HttpRequest, quote: UUID) -> HttpResponse:
    """Of the order, once it is accepted."""
    order = getattr(found(quote), "order", None)
    return file(order.paper if order else None)


@secret
@require_safe
def invoice(request: HttpRequest, quote: UUID, invoice: UUID) -> HttpResponse:
    """One of those of its order, or a credit note."""
    offered = found(quote)
    rows = Invoice.objects.select_related("paper").filter(order__quote=offered, account=offered.account_id)
    return file(get_object_or_404(rows, pk=invoice).paper)


def found(key: UUID) -> Quote:
    rows = Quote.objects.select_related("account", "order", "paper", "deliberation", "order__paper")
    return get_object_or_404(rows, pk=key)


def file(kept: Paper | None) -> HttpResponse:
    if kept is None:
        raise Http404
    response = HttpResponse(bytes(kept.content), content_type="application/pdf")
    response["Content-Disposition"] = disposition("application/pdf", kept.name)
    response["Content-Security-Policy"] = SANDBOX
    return response
