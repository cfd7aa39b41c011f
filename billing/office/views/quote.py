"""A quote of the commune: read it, give it to the council, order it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.actions.commanding import command_quote
from billing.actions.ordering import BadReferences, Expired
from billing.actions.receiving import received_pdf
from billing.models import Account, Order, Quote
from billing.models.quote import OrderMeans
from billing.office.carrying import known, person_of, siren_of
from billing.office.forms import QuoteOrderForm, refuse
from billing.office.here import Ours, for_ourselves
from billing.queries.days import supplier_today
from core.accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def quote(request: HttpRequest, ours: Ours, quote: UUID) -> HttpResponse:
    found = get_object_or_404(Quote.objects.select_related("account"), pk=quote, account=ours.account)
    order = Order.objects.filter(quote=found).first()
    if request.method == "POST" and order is None:
        form = QuoteOrderForm(request.POST, request.FILES, siren=siren_of(ours))
        if form.is_valid():
            order = _ordered(request, found, form)
        if order is None:
            return _page(request, ours, found, None, form, 422)
        messages.success(request, _("La commande %(number)s est reçue. Merci.") % {"number": order.number})
    if request.method == "POST":
        return redirect("billing:overview")
    return _page(request, ours, found, order, QuoteOrderForm(initial=known(request, ours), siren=siren_of(ours)), 200)


def _ordered(request: HttpRequest, found: Quote, form: QuoteOrderForm) -> Order | None:
    """The order, None when something of it was refused: the form says what."""
    said = form.cleaned_data
    signed = None
    try:
        if said["means"] == OrderMeans.SIGNED_QUOTE:
            signed = received_pdf(said["signed"])
        return command_quote(
            found,
            person_of(request, said),
            said,
            means=said["means"],
            moment=found.content.get("moment", Account.Moment.END),
            signed=signed,
            author=cast(User, request.user),
        )
    except ValidationError as error:
        form.add_error("signed", error)
    except BadReferences as error:
        for name, sentence in error.faults.items():
            refuse(form, name if name in form.fields else None, sentence)
    except Expired:
        refuse(form, None, _("Ce devis n’est plus valable. Demandez-en un autre : il prend une minute."))
    return None


def _page(
    request: HttpRequest, ours: Ours, found: Quote, order: Order | None, form: QuoteOrderForm, status: int
) -> HttpResponse:
    context = {
        "ours": ours,
        "quote": found,
        "total": found.net + found.vat,
        "order": order,
        "form": form,
        "expired": found.valid_until < supplier_today(),
    }
    return render(request, "billing/office/quote.html", context, status=status)
