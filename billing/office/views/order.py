"""Ordering, in three steps: what, how much and by whom, done. Nothing is kept before the last."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.office.beginning import beginning
from billing.office.choosing import OrderForm, defaulted
from billing.office.here import Ours, for_ourselves
from billing.office.pricing import Offer, alone, offer_of
from billing.prices import Rhythm
from billing.queries.books import book_in_force
from core.catalogue import Manifest


@never_cache
@require_safe
@for_ourselves
def choose(request: HttpRequest, ours: Ours) -> HttpResponse:
    """What is ticked on arrival is never refused; it is what the commune has."""
    form, offer = read(request, ours)
    return page(request, ours, form, offer, status=200)


@never_cache
@require_safe
@for_ourselves
def live(request: HttpRequest, ours: Ours) -> HttpResponse:
    """The price alone, as the form changes."""
    form, offer = read(request, ours)
    return render(request, "billing/office/_price.html", {"form": form, "offer": offer})


def read(request: HttpRequest, ours: Ours) -> tuple[OrderForm, Offer | None]:
    """The form of the address and, when it holds, what it costs."""
    begins = beginning(ours.subscription)
    said = defaulted(
        request.POST if request.method == "POST" else request.GET,
        modules=begins.modules or request.site.space.modules,  # type: ignore[attr-defined]
        start=begins.start,
        moment=ours.payer.moment,
        rhythm=begins.rhythm,
    )
    form = OrderForm(said)
    if not form.is_valid():
        return form, None
    book = book_in_force()
    return form, offer_of(book, ours.subscription.commune, form.choice(begins.start))


def page(request: HttpRequest, ours: Ours, form: OrderForm, offer: Offer | None, *, status: int) -> HttpResponse:
    begins = beginning(ours.subscription)
    context: dict[str, Any] = {
        "ours": ours,
        "form": form,
        "offer": offer,
        "begins": begins,
        "priced": priced(ours, form),
    }
    return render(request, "billing/office/choose.html", context, status=status)


def priced(ours: Ours, form: Any, rhythm: Rhythm | None = None) -> list[tuple[Manifest, int | None, bool]]:
    """Every module with what it costs by itself, and whether it is ticked."""
    said = rhythm or (Rhythm.MONTHLY if form.data.get("rhythm") == Rhythm.MONTHLY else Rhythm.YEARLY)
    single = alone(book_in_force(), ours.subscription.commune.population, said)
    ticked = set(form.data.getlist("modules"))
    return [(each, single.get(each.slug), each.slug in ticked) for each in settings.CATALOGUE]
