"""The subscription on one page: where it stands, what it costs, what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing import collecting
from billing.office.board import board_of
from billing.office.here import ours_of
from billing.office.returning import said_of_payment


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    user: Any = request.user
    ours = ours_of(request)
    context: dict[str, Any] = {"ours": ours, "online": collecting.offered()}
    if ours is not None:
        context |= {
            "back": said_of_payment(ours, request.GET),
            "board": board_of(ours, site.space.modules),
            "may_order": user.has_perm("billing.order") and not ours.group,
            "may_write": user.has_perm("billing.write") and not ours.group,
        }
    return render(request, "billing/office/overview.html", context)
