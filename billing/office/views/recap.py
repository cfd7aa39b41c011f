"""The last step of an order: all of it on one page, then « Commander », or a quote for the council."""

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.actions.commanding import Asked, Moved, ask_quote, last_order, last_quote, ordered_from
from billing.actions.commanding import command as ordering
from billing.actions.ordering import BadReferences
from billing.actions.quoting import Overlaps
from billing.actions.referencing import set_references
from billing.forms import ReferencesForm, WhoForm
from billing.office.carrying import after, cents_of, day_of, known, person_of, siren_of
from billing.office.choosing import OrderForm
from billing.office.forms import refuse
from billing.office.here import Ours, for_ourselves
from billing.office.pricing import Offer
from billing.office.views.order import page, read
from core.accounts.models import User

CARRIED = ("rhythm", "ends", "moment")
QUOTE_IDS = "devis_%s"  # the page has both forms
OWN = ("siret", "service_code", "engagement")


@never_cache
@require_safe
@for_ourselves
def recap(request: HttpRequest, ours: Ours) -> HttpResponse:
    form, offer = read(request, ours)
    if offer is None:
        return page(request, ours, form, None, status=422)
    return _page(request, ours, form, offer, _unsent(request, ours), 200)


@never_cache
@for_ourselves
def order(request: HttpRequest, ours: Ours) -> HttpResponse:
    """« Commander »: an order once, whatever is sent twice; refused when the price is not the one that was shown."""
    if request.method != "POST":
        return redirect("billing:order")
    start = day_of(request, "start")
    if start and ordered_from(ours.subscription, start):
        return redirect("billing:overview")  # the same form, sent twice
    form, offer = read(request, ours)
    if offer is None:
        return page(request, ours, form, None, status=422)
    who = ReferencesForm(request.POST, siren=siren_of(ours))
    if not who.is_valid():
        return _page(request, ours, form, offer, who, 422)
    said = who.cleaned_data
    try:
        made = ordering(
            _asked(ours, form, offer),
            person_of(request, said),
            said,
            expected=cents_of(request, "expected"),
            after=request.POST.get("after_order", ""),
            author=cast(User, request.user),
        )
    except (Moved, Overlaps):
        return _page(request, ours, form, offer, who, 409, moved=True)
    except BadReferences as error:
        _say(who, error)
        return _page(request, ours, form, offer, who, 422)
    set_references(ours.payer, {name: said[name] for name in OWN}, author=cast(User, request.user))
    messages.success(request, _("La commande %(number)s est reçue. Merci.") % {"number": made.number})
    return redirect("billing:overview")


@never_cache
@for_ourselves
def quote(request: HttpRequest, ours: Ours) -> HttpResponse:
    """« Recevoir un devis »: nothing is ordered."""
    if request.method != "POST":
        return redirect("billing:order")
    form, offer = read(request, ours)
    if offer is None:
        return page(request, ours, form, None, status=422)
    who = WhoForm(request.POST, auto_id=QUOTE_IDS)
    if not who.is_valid():
        return _page(request, ours, form, offer, _unsent(request, ours), 422, who=who)
    try:
        made = ask_quote(
            _asked(ours, form, offer),
            person_of(request, who.cleaned_data),
            after=request.POST.get("after_quote", ""),
            author=cast(User, request.user),
        )
    except Overlaps:
        return _page(request, ours, form, offer, _unsent(request, ours), 409, moved=True)
    return redirect("billing:quote", quote=made.pk)


def _unsent(request: HttpRequest, ours: Ours) -> ReferencesForm:
    return ReferencesForm(initial=known(request, ours), siren=siren_of(ours))


def _say(who: ReferencesForm, error: BadReferences) -> None:
    for name, sentence in error.faults.items():
        refuse(who, name if name in who.fields else None, sentence)


def _asked(ours: Ours, form: OrderForm, offer: Offer) -> Asked:
    choice = offer.choice
    return Asked(
        ours.subscription,
        choice.modules,
        choice.rhythm,
        choice.aligned,
        choice.start,
        form.cleaned_data["moment"],
    )


def _page(
    request: HttpRequest,
    ours: Ours,
    form: OrderForm,
    offer: Offer,
    command: ReferencesForm,
    status: int,
    *,
    moved: bool = False,
    who: WhoForm | None = None,
) -> HttpResponse:
    chosen = [("modules", each) for each in sorted(form.cleaned_data["modules"])]
    chosen += [(name, form.cleaned_data[name]) for name in CARRIED]
    carried = [*chosen, ("start", offer.choice.start.isoformat()), ("expected", str(offer.due.net))]
    carried += [("after_order", after(last_order(ours.payer))), ("after_quote", after(last_quote(ours.payer)))]
    moments: Any = form.fields["moment"]
    context = {
        "ours": ours,
        "offer": offer,
        "choice": form,
        "form": command,
        "who": who or WhoForm(initial=known(request, ours), auto_id=QUOTE_IDS),
        "moved": moved,
        "carried": carried,
        "modules": settings.CATALOGUE.among(offer.choice.modules),
        "moment": dict(moments.choices)[form.cleaned_data["moment"]],
        "back": f"{reverse('billing:order')}?{urlencode(chosen)}",
    }
    return render(request, "billing/office/recap.html", context, status=status)
