"""What residents and programs read, without an account."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.readership import opened
from core.territory.maps import map_of
from modules.alerts.models import Alert
from modules.alerts.queries.boards import public_board
from modules.alerts.queries.in_force import as_told
from modules.alerts.views.cap import TYPE, cap_of


@never_cache
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    board = public_board(request.GET.get("page"))
    return render(request, "alerts/list.html", {"board": board, "page": board.past})


@never_cache
@require_safe
def alert_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """An alert with all that was told of it, the last first: who comes back wants what changed."""
    site: Any = request.site
    known = as_told(site, key)
    if known is None:
        raise Http404("no such alert")
    alert, messages = known
    opened(request, "alerts", alert.pk)
    context = {"alert": alert, "messages_told": messages, "map": map_of(alert.areas.all(), alert.shape)}
    return render(request, "alerts/alert.html", context)


@never_cache
@require_safe
def cap_file(request: HttpRequest, key: UUID, number: int | None = None) -> HttpResponse:
    """A message as CAP; the last one when no number is given."""
    site: Any = request.site
    alert = get_object_or_404(Alert.objects.public(), pk=key)
    messages = list(alert.messages.told().order_by("number"))
    wanted = messages[-1:] if number is None else [each for each in messages if each.number == number]
    if not wanted:
        raise Http404("no such message")
    response = HttpResponse(cap_of(alert, messages, wanted[0], site), content_type=f"{TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="alerte-{alert.pk}-{wanted[0].number}.xml"'
    return response
