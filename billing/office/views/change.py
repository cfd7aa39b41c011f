"""Other modules within the term: the difference is shown before it is accepted."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.actions.changing import Difference, Needed, NoTerm, PriceMoved, change_modules, difference
from billing.models import Term
from billing.office.carrying import cents_of
from billing.office.choosing import ModulesForm
from billing.office.here import Ours, for_ourselves
from billing.office.pricing import alone
from billing.prices import Rhythm, vat_rate
from billing.queries.days import local_today
from billing.queries.showing import Cost
from billing.queries.terms import current_term, modules_on
from core.accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def change(request: HttpRequest, ours: Ours) -> HttpResponse:
    term = current_term(ours.subscription, local_today(ours.subscription.commune))
    if term is None:
        added = request.GET.get("ajouter", "")
        return redirect(
            f"{reverse('billing:order')}?ajouter={added}" if added in settings.CATALOGUE else "billing:order"
        )
    form = _form(request, ours, term)
    if request.method != "POST":
        return _page(request, ours, term, form, 200)
    expected = cents_of(request, "expected")
    if not form.is_valid() or expected is None:
        return _page(request, ours, term, form, 422)
    try:
        change_modules(
            subscription=ours.subscription,
            modules=form.wanted,
            expected=expected,
            author=cast(User, request.user),
        )
    except PriceMoved:
        return _page(request, ours, term, form, 409, moved=True)
    except NoTerm:
        return redirect("billing:overview")
    except Needed as error:
        form.add_error("modules", _needed(error))
        return _page(request, ours, term, form, 422)
    messages.success(request, _("C’est fait : les modules de l’abonnement ont changé."))
    return redirect("billing:overview")


@never_cache
@require_safe
@for_ourselves
def live(request: HttpRequest, ours: Ours) -> HttpResponse:
    """The difference alone, as boxes are ticked."""
    term = current_term(ours.subscription, local_today(ours.subscription.commune))
    if term is None:
        return HttpResponse(status=204)
    return render(request, "billing/office/_live_difference.html", _context(ours, term, _form(request, ours, term)))


def _needed(error: Needed) -> str:
    labels = ", ".join(manifest.label for manifest in settings.CATALOGUE.among(error.by))
    return _("Un module gardé en a besoin : %s. Gardez-le, ou retirez aussi l’autre.") % labels


def _form(request: HttpRequest, ours: Ours, term: Term) -> ModulesForm:
    said = (request.POST if request.method == "POST" else request.GET).copy()
    has = modules_on(term, local_today(ours.subscription.commune))
    added = [each for each in said.getlist("ajouter") if each in settings.CATALOGUE]
    if request.method != "POST" and (added or "choisi" not in said):
        said.setlist("modules", sorted({*has, *added}))
    return ModulesForm(said)


def _context(ours: Ours, term: Term, form: ModulesForm) -> dict[str, Any]:
    found: Difference | None = None
    if form.is_valid():
        found = difference(ours.subscription, form.wanted)
    context: dict[str, Any] = {"ours": ours, "term": term, "form": form, "found": found}
    if found:
        book = term.book.book
        rate = vat_rate(book, term.account.departement)
        context |= {
            "before": Cost.of(book, found.before, rate),
            "after": Cost.of(book, found.after, rate),
            "added": settings.CATALOGUE.among(found.added),
            "removed": settings.CATALOGUE.among(found.removed),
            "is_monthly": Rhythm(term.rhythm) is Rhythm.MONTHLY,
            "at_once": term.moment == "start",
            "given_back": -found.now_net,
            "given_back_total": -found.now_total,
        }
    return context


def _page(
    request: HttpRequest, ours: Ours, term: Term, form: ModulesForm, status: int, *, moved: bool = False
) -> HttpResponse:
    context = _context(ours, term, form)
    single = alone(term.book.book, term.population, Rhythm(term.rhythm))
    ticked = set(cast(Any, form.data).getlist("modules"))
    context["priced"] = [(each, single.get(each.slug), each.slug in ticked) for each in settings.CATALOGUE]
    context["moved"] = moved
    return render(request, "billing/office/change.html", context, status=status)
