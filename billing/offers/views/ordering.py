"""Ordering a quote: with the signed PDF, or with the number of a purchase order."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.actions.ordering import BadReferences, Expired
from billing.actions.receiving import received_pdf
from billing.models import Quote
from billing.models.quote import OrderMeans
from billing.offers import actions
from billing.offers.forms import OrderForm
from billing.offers.limits import too_many_orders
from billing.offers.secret import secret
from billing.offers.showing import is_over, order_of, page_of
from billing.offers.views.quote import found

NAMED = {"order_reference": "reference"}


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The same quote ordered twice is one order: who comes second reads the first."""
    offered = found(quote)
    if order_of(offered) is not None or is_over(offered):
        return redirect("quote", quote)
    if request.method != "POST":
        return _page(request, offered, OrderForm(initial=_known(offered), siren=offered.account.siren))
    form = OrderForm(request.POST, request.FILES, siren=offered.account.siren)
    if too_many_orders(request, str(quote)):
        form.add_error(None, _("Trop de demandes à la suite. Attendez une heure, puis réessayez."))
        return _page(request, offered, form, 429)
    if not form.is_valid():
        return _page(request, offered, form, 422)
    signed = _signed(form)
    if form.errors:
        return _page(request, offered, form, 422)
    try:
        actions.order(offered, form.cleaned_data, signed)
    except Expired:
        pass  # its last day ended meanwhile: its page says so
    except BadReferences as error:
        for field, sentence in error.faults.items():
            form.add_error(NAMED.get(field, field if field in form.fields else None), sentence)
        return _page(request, offered, form, 422)
    return redirect("quote", quote)


def _signed(form: OrderForm) -> bytes | None:
    """The PDF, read; what is wrong with it is said at the field."""
    if form.cleaned_data["means"] != OrderMeans.SIGNED_QUOTE:
        return None
    try:
        return received_pdf(form.cleaned_data["signed"])
    except ValidationError as error:
        form.add_error("signed", error)
        return None


def _known(quote: Quote) -> dict[str, str]:
    account = quote.account
    return {
        "name": quote.contact_name,
        "capacity": quote.contact_capacity,
        "email": quote.contact_email,
        "moment": account.moment,
    }


def _page(request: HttpRequest, quote: Quote, form: OrderForm, status: int = 200) -> HttpResponse:
    return render(request, "offers/order.html", page_of(quote) | {"form": form}, status=status)
