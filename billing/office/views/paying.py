"""Paying online, when the operator offers it: our buttons lead to the pages of who collects."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing import collecting
from billing.models import Invoice
from billing.office.here import Ours, for_ourselves
from billing.office.returning import GIVEN, LEFT, PAID, said_of_means


@never_cache
@require_safe
@for_ourselves
def payment(request: HttpRequest, ours: Ours) -> HttpResponse:
    _offered()
    return render(request, "billing/office/payment.html", {"ours": ours, "back": said_of_means(ours, request.GET)})


@never_cache
@for_ourselves
def set_up(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Give a mandate or a card."""
    return _led(request, lambda back: collecting.setup_url(ours.payer, f"{back}?{GIVEN}=1", f"{back}?{LEFT}=1"))


@never_cache
@for_ourselves
def portal(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Look at what was given, or take it back."""
    return _led(request, lambda back: collecting.portal_url(ours.payer, back))


@never_cache
@for_ourselves
def pay(request: HttpRequest, ours: Ours, invoice: UUID) -> HttpResponse:
    _offered()
    found = get_object_or_404(Invoice, pk=invoice, account=ours.account)
    done, given_up = (urlencode({name: found.pk}) for name in (PAID, LEFT))
    return _led(
        request,
        lambda back: collecting.payment_url(found, f"{back}?{done}", f"{back}?{given_up}"),
        "billing:overview",
    )


def _offered() -> None:
    """Without the operator's keys there is no such page."""
    if not collecting.offered():
        raise Http404("online payment is not offered")


def _led(request: HttpRequest, address: Callable[[str], str], back: str = "billing:payment") -> HttpResponse:
    _offered()
    if request.method != "POST":
        return redirect(back)
    try:
        return HttpResponseRedirect(address(request.build_absolute_uri(reverse(back))))
    except collecting.NothingToPay:
        messages.info(request, _("Il n’y a plus rien à payer de cette facture, ou son paiement est en cours."))
    except collecting.Unavailable:
        messages.error(request, _("Le paiement en ligne ne répond pas. Rien n’est débité : réessayez dans un instant."))
    return redirect(back)
