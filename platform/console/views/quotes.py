"""Every quote: for whom, how much, what became of it."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.models import Quote
from billing.queries.days import supplier_today

PER_PAGE = 50
STATES = {"": _("Tous"), "open": _("Valables"), "ordered": _("Commandés"), "over": _("Périmés")}


@never_cache
@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    named = Quote.objects.filter(Q(number__icontains=words) | Q(account__name__icontains=words))
    page = Paginator(_in(named, state).select_related("account", "order"), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "words": words,
        "state": state,
        "states": STATES,
        "today": supplier_today(),
        "page": page,
        "rows": [(quote, *_bought(quote)) for quote in page],
        "query": f"q={words}&etat={state}&" if words else f"etat={state}&",
    }
    return render(request, "console/quotes.html", context)


def _in(rows: QuerySet[Quote], state: str) -> QuerySet[Quote]:
    rows = rows.defer("content").annotate(offered=F("content__communes"))
    match state:
        case "open":
            return rows.filter(order__isnull=True, valid_until__gte=supplier_today())
        case "ordered":
            return rows.filter(order__isnull=False)
        case "over":
            return rows.filter(order__isnull=True, valid_until__lt=supplier_today())
    return rows


def _bought(quote: Any) -> tuple[int, str]:
    """For how many communes; « Actualités, Alertes (2) », with how many take a module that not all do."""
    offered = quote.offered
    takers = Counter(slug for each in offered for slug in each.get("modules", ()))
    modules = (
        each.label if takers[each.slug] == len(offered) else f"{each.label} ({takers[each.slug]})"
        for each in settings.CATALOGUE.among(takers)
    )
    return len(offered), ", ".join(modules)
