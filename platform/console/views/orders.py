"""Orders: which wait for an answer, one of them with the signed file, and the two answers."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from billing.actions.ordering import AlreadyAnswered, Expired
from billing.actions.quoting import Overlaps
from billing.models import Order
from billing.queries.offers import offer_of
from console import subscribing
from console.orders import STATES, order_counts, orders_in
from console.subscription_forms import OrderRefusalForm
from core.accounts.models import User
from core.web.french import day, day_and_time, typographic
from tenants.hosts import portal_url
from tenants.models import Commune

PER_PAGE = 25


@never_cache
def orders(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; those answered, by filter."""
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    counts = order_counts()
    page = Paginator(orders_in(state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "filters": [
            {"label": label, "count": counts[key], "current": key == state, "url": f"?etat={key}" if key else "?"}
            for key, label in STATES.items()
        ],
        "page": page,
        "query": f"etat={state}&",
    }
    return render(request, "console/orders.html", context)


@never_cache
def order(request: HttpRequest, order: UUID) -> HttpResponse:
    return _page(request, _found(order))


def accept(request: HttpRequest, order: UUID) -> HttpResponse:
    found = _found(order)
    if request.method == "POST":
        try:
            subscribing.accept(order=found, author=cast(User, request.user))
        except AlreadyAnswered as error:
            _say_answered(request, error.order)
        except Overlaps as error:
            text = _(
                "Rien n’a été fait : ces jours sont déjà commandés par %(communes)s, jusqu’à la veille du %(date)s."
            )
            names = ", ".join(typographic(each) for each in error.communes)
            messages.error(request, text % {"communes": names, "date": day(error.free_from)})
        except Expired:
            messages.error(
                request, _("Rien n’a été fait : la période commandée est finie. Refusez, ou demandez un autre devis.")
            )
        else:
            messages.success(request, _("La commande est acceptée. Qui a commandé en reçoit la confirmation."))
    return redirect("console:order", order)


def refuse(request: HttpRequest, order: UUID) -> HttpResponse:
    found = _found(order)
    if request.method != "POST":
        return redirect("console:order", order)
    form = OrderRefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    try:
        subscribing.refuse(order=found, reason=form.cleaned_data["reason"], author=cast(User, request.user))
    except AlreadyAnswered as error:
        _say_answered(request, error.order)
    else:
        messages.success(request, _("La commande est refusée. Qui a commandé en reçoit la raison."))
    return redirect("console:order", order)


def _found(key: UUID) -> Order:
    return get_object_or_404(Order.objects.select_related("quote__account", "signed", "paper"), pk=key)


def _say_answered(request: HttpRequest, order: Order) -> None:
    """Tell who came second what the first one did."""
    moment, author = order.accepted_at or order.refused_at, order.accepted_by or order.refused_by
    if moment is None:
        messages.error(request, _("Rien n’a été fait : cette commande a changé. Relisez-la."))
        return
    text = _("Rien n’a été fait : cette commande est déjà %(answer)s, par %(author)s, le %(date)s.")
    answer = _("acceptée") if order.accepted_at else _("refusée")
    messages.error(request, text % {"answer": answer, "author": author, "date": day_and_time(moment)})


def _page(request: HttpRequest, order: Order, form: OrderRefusalForm | None = None, status: int = 200) -> HttpResponse:
    offer = offer_of(order.quote)
    taken = {each.insee: settings.CATALOGUE.among(each.modules) for each in offer.communes}
    rows = Commune.objects.filter(pk__in=taken).select_related("space").order_by("sort_key")
    context: dict[str, Any] = {
        "order": order,
        "quote": order.quote,
        "gross": order.quote.net + order.quote.vat,
        "offer": offer,
        "paper": offer.paper,
        "communes": [(each, [module.label for module in taken[each.pk]]) for each in rows],
        "public": portal_url(f"/devis/{order.quote_id}/"),
        "form": form or OrderRefusalForm(),
    }
    return render(request, "console/order.html", context, status=status)
