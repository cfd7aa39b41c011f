"""A quote as its page shows it."""

from typing import Any

from django.urls import reverse

from billing.actions.forgetting import forgotten_on
from billing.models import Invoice, Order, Quote
from billing.queries.days import supplier_today
from billing.queries.money import outstanding_of
from billing.queries.offers import Offer, offer_of
from billing.queries.states import invoice_state
from tenants.models import Commune


def is_over(quote: Quote) -> bool:
    return supplier_today() > quote.valid_until


def order_of(quote: Quote) -> Order | None:
    return getattr(quote, "order", None)


def page_of(quote: Quote) -> dict[str, Any]:
    """The quote, its order if there is one, and which of its communes have no space to begin in."""
    offer, order = offer_of(quote), order_of(quote)
    return {
        "quote": quote,
        "gross": quote.net + quote.vat,
        "paper": offer.paper,
        "order": order,
        "terms": order.terms.select_related("subscription__commune") if order and order.accepted_at else [],
        "invoices": invoices_of(order) if order else [],
        "over": order is None and is_over(quote),
        "closed": [] if order and order.refused_at else _without_space(offer),
        "forgotten": forgotten_on(quote),
        "anew_url": _anew(offer),
    }


def invoices_of(order: Order) -> list[tuple[Invoice, str, str]]:
    """What was asked for an order, the latest first, with its state in words and its tone."""
    own = order.invoices.filter(account=order.quote.account_id)  # none of whoever pays since a merger
    rows = list(own.select_related("cancelled_by").order_by("-issued_on", "-number"))
    left, today = outstanding_of(rows), supplier_today()
    return [(each, *invoice_state(each, left.get(each.number, 0), today)) for each in rows]


def _without_space(offer: Offer) -> list[Commune]:
    rows = Commune.objects.filter(pk__in=[each.insee for each in offer.communes], space__isnull=True)
    return list(rows.order_by("sort_key"))


def _anew(offer: Offer) -> str:
    """Where another quote is asked for."""
    if offer.buyer.is_group:
        return reverse("offer_group", args=[offer.buyer.siren])
    return reverse("offer_commune", args=[offer.communes[0].insee])
