"""Not going on: what happens at the end, when, and what may be taken away before."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.actions.ending import Over, keep_on, stop_renewal
from billing.office.here import Ours, for_ourselves
from billing.queries.days import local_today
from billing.queries.situation import standing_of
from billing.queries.standing import KEPT
from billing.queries.terms import last_day
from core.web.french import day

DAY = timedelta(days=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def stop(request: HttpRequest, ours: Ours) -> HttpResponse:
    author: Any = request.user
    if request.method == "POST":
        try:
            _decide(request, ours, author)
        except Over:
            messages.info(request, _("L’abonnement est déjà terminé : il n’y a plus rien à changer."))
        return redirect("billing:stop")
    today = local_today(ours.subscription.commune)
    standing = standing_of(ours.subscription, today)
    end = (ours.subscription.ended_on or _end(ours)) if standing.writes else standing.since
    context = {"ours": ours, "standing": standing, "end": end, "last": end - DAY, "erased": end + DAY * KEPT}
    context["stopped"] = ours.subscription.ended_on is not None
    return render(request, "billing/office/stop.html", context)


def _decide(request: HttpRequest, ours: Ours, author: Any) -> None:
    if request.POST.get("encore") == "1":
        keep_on(subscription=ours.subscription, author=author)
        messages.success(request, _("C’est noté : la commune pense continuer. Rien n’est commandé pour autant."))
    else:
        until = stop_renewal(subscription=ours.subscription, author=author)
        messages.success(request, _("C’est noté : l’abonnement s’arrête le %s.") % day(until))


def _end(ours: Ours) -> date:
    """The first day on which nothing is given."""
    last = last_day(ours.subscription)
    return max(last or ours.subscription.trial_until, ours.subscription.trial_until) + DAY
