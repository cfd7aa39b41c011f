"""Versions of the price book: read, drafted, compared, published. What is published never changes."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.actions.books import DayPassed, DayTaken, NotWhole, discard, draft_from, publish, rewrite
from billing.models import PriceVersion
from billing.models.book import Sold
from billing.prices import BookError
from billing.queries.books import NoPrices, in_force
from console.grids import Grid, typed_over
from core.accounts.models import User

PAGE = 25
SOLD = _("Rien n’a été changé : cette version vient d’être publiée, et ne change plus.")


class PublishForm(forms.Form):
    on = forms.DateField(
        label=_("En vigueur à partir du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@never_cache
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    page = Paginator(PriceVersion.objects.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    return render(request, "console/prices.html", {"page": page, "now": _now(), "today": timezone.localdate()})


@never_cache
def version(request: HttpRequest, version: str) -> HttpResponse:
    """A version's whole grid; a draft's is typed over here."""
    found = get_object_or_404(PriceVersion, pk=version)
    if request.method == "POST" and not found.is_published:
        return _rewritten(request, found)
    if request.method == "POST":
        messages.error(request, SOLD)
        return redirect("console:price_version", found.pk)
    return _page(request, found, Grid(found, _before(found)))


def _rewritten(request: HttpRequest, found: PriceVersion) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    content, faults = typed_over(found, typed)
    if not faults:
        try:
            rewrite(key=found.pk, content=content, author=_author(request))
        except BookError as error:
            faults = list(error.faults)
        except Sold:
            messages.error(request, SOLD)
            return redirect("console:price_version", found.pk)
    if faults:
        return _page(request, found, Grid(found, _before(found), typed, faults), 422)
    messages.success(request, _("Le brouillon est enregistré. Personne ne voit encore ces prix."))
    return redirect("console:price_version", found.pk)


def draft(request: HttpRequest, version: str) -> HttpResponse:
    """A draft with the prices of this version."""
    found = get_object_or_404(PriceVersion, pk=version)
    if request.method != "POST":
        return redirect("console:price_version", found.pk)
    made = draft_from(source=found, author=_author(request))
    return redirect("console:price_version", made.pk)


@never_cache
def put_on_sale(request: HttpRequest, version: str) -> HttpResponse:
    """Asks to confirm, with what changes: prices that are published are there to stay."""
    found = get_object_or_404(PriceVersion, pk=version)
    if found.is_published:
        messages.info(request, _("Cette version est déjà publiée."))
        return redirect("console:price_version", found.pk)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _published(request, found, form, form.cleaned_data["on"]):
        return redirect("console:price_version", found.pk)
    context = {"version": found, "grid": Grid(found, _before(found)), "form": form, "now": _now()}
    return render(request, "console/price_publish.html", context, status=422 if form.is_bound else 200)


def _published(request: HttpRequest, found: PriceVersion, form: PublishForm, on: date) -> bool:
    try:
        publish(key=found.pk, on=on, author=_author(request))
    except DayPassed:
        form.add_error("on", _("Choisissez aujourd’hui ou un jour à venir."))
    except DayTaken:
        form.add_error("on", _("Une autre version entre en vigueur ce jour-là."))
    except NotWhole as error:
        form.add_error(None, _("Il manque le prix de : %(keys)s.") % {"keys": ", ".join(sorted(error.keys))})
    except BookError as error:
        form.add_error(None, " ".join(fault.sentence for fault in error.faults))
    except Sold:
        messages.info(request, _("Cette version est déjà publiée."))
        return True
    else:
        messages.success(request, _("C’est fait : ces prix sont publiés et ne changeront plus."))
        return True
    return False


def throw_away(request: HttpRequest, version: str) -> HttpResponse:
    found = PriceVersion.objects.filter(pk=version).first()
    if request.method == "POST" and found is not None:
        try:
            discard(key=found.pk, author=_author(request))
        except Sold:
            messages.error(request, SOLD)
        except ProtectedError:
            messages.error(request, _("Rien n’a été jeté : des devis s’appuient sur cette version."))
        else:
            messages.success(request, _("Le brouillon est jeté."))
    return redirect("console:prices")


def _page(request: HttpRequest, found: PriceVersion, grid: Grid, status: int = 200) -> HttpResponse:
    context = {"version": found, "grid": grid, "now": _now(), "today": timezone.localdate()}
    return render(request, "console/price_version.html", context, status=status)


def _before(found: PriceVersion) -> dict[str, Any] | None:
    now = _now()
    return None if now is None or now.pk == found.pk else now.content


def _now() -> PriceVersion | None:
    try:
        return in_force()
    except NoPrices:
        return None


def _author(request: HttpRequest) -> User:
    return cast(User, request.user)
